using System.Globalization;
using Dunnhumby.SampleData;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.Benchmarks.Journeys;

/// <summary>Generated files, kept between runs outside the repository: making them takes longer than loading them.</summary>
internal sealed class JourneyCache(ulong seed)
{
    // Another generator may give other bytes: its build is a part of the place.
    private readonly string _root = Path.Combine(
        Path.GetTempPath(), "dunnhumby-benchmarks", $"{typeof(JourneyGenerator).Assembly.ManifestModule.ModuleVersionId:N}"[..12]);

    /// <summary>Path of a data set's CSV file at a scale, made when it is not there.</summary>
    /// <param name="days">Only these days of the transactions; null for all.</param>
    internal async Task<string> FileAsync(string dataset, double scale, DayRange? days, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}-scale-{scale}"));
        var path = Path.Combine(folder, days is null ? $"{dataset}.csv" : $"{dataset}-{days.First}-{days.Last}.csv");
        if (File.Exists(path))
        {
            return path;
        }

        Directory.CreateDirectory(folder);
        Console.WriteLine($"Generating {dataset} at scale {scale}{(days is null ? "" : $", days {days.First} to {days.Last}")} …");
        var generator = JourneyGenerator.Create(new JourneyOptions { Scale = scale, Seed = seed, Days = days });
        var unfinished = path + ".unfinished";
        await using (var output = File.Create(unfinished, bufferSize: 1 << 20))
        {
            await generator.WriteCsvAsync(dataset, output, progress: null, cancellationToken);
        }

        File.Move(unfinished, path, overwrite: true);
        return path;
    }
}
