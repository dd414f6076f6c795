using System.Text.Json;
using Dunnhumby.SampleData.CommandLine;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData.Tests;

/// <summary>A journey in files, read line by line: a panel of full size is large.</summary>
internal sealed class JourneyOnDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journey-");
    private TruthFile _facts = null!; // Set by MakeAsync, the only way to get one.

    private JourneyOnDisk()
    {
    }

    internal string Folder => _folder.FullName;

    internal JourneyTruth Truth => _facts.Truth;

    internal static async Task<JourneyOnDisk> MakeAsync(JourneyOptions options, params string[] datasets)
    {
        var journey = new JourneyOnDisk();
        await JourneyFolder.WriteAsync(journey.Folder, options, TestContext.Current.CancellationToken, datasets);
        var facts = await File.ReadAllBytesAsync(Path.Combine(journey.Folder, "truth.json"), TestContext.Current.CancellationToken);
        journey._facts = JsonSerializer.Deserialize<TruthFile>(facts, TruthFile.Json) ?? throw new InvalidOperationException("There is no truth.");
        return journey;
    }

    /// <summary>How many rows a file has.</summary>
    internal long Count(string dataset) => _facts.Files.Single(file => string.Equals(file.File, dataset + ".csv", StringComparison.Ordinal)).Rows;

    /// <summary>The fields of all rows; beyond the number asked for, the rest of the row is one field.</summary>
    internal IEnumerable<string[]> Rows(string dataset, int fields = int.MaxValue) =>
        File.ReadLines(Path.Combine(Folder, dataset + ".csv")).Skip(1).Select(line => line.Split(',', fields));

    public void Dispose() => _folder.Delete(recursive: true);
}
