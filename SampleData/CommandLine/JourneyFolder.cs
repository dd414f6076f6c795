using System.Text.Json;
using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData.CommandLine;

/// <summary>Writes a journey's files into a folder.</summary>
internal static class JourneyFolder
{
    private const int BufferBytes = 1 << 20;

    /// <param name="datasets">Only these; all that the options ask for when there are none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    internal static async Task WriteAsync(string folder, JourneyOptions options, CancellationToken cancellationToken, params string[] datasets)
    {
        var journey = JourneyGenerator.Create(options);
        Directory.CreateDirectory(folder);
        var files = new List<WrittenFile>();
        foreach (var dataset in datasets.Length == 0 ? journey.Datasets : datasets)
        {
            var bar = new ProgressBar(dataset, !Console.IsErrorRedirected);
            var file = new FileStream(Path.Combine(folder, dataset + ".csv"), FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
            await using (file)
            {
                var written = await journey.WriteCsvAsync(dataset, file, bar, cancellationToken);
                files.Add(written);
                bar.Done($"{written.Rows,12:N0} rows  {written.Bytes / 1e6,8:N1} MB" + (written.Defects.Count > 0 ? $"  {written.Defects.Count:N0} bad rows" : ""));
            }
        }

        var truth = TruthFile.Of(await journey.TruthAsync(cancellationToken), options.Days, files);
        var json = File.Create(Path.Combine(folder, "truth.json"));
        await using (json)
        {
            await JsonSerializer.SerializeAsync(json, truth, TruthFile.Json, cancellationToken);
        }
    }
}
