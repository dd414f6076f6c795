using System.Text;
using Dunnhumby.SampleData.Files;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData.Tests;

/// <summary>A journey in memory, read back from its own CSV text.</summary>
internal sealed class GeneratedJourney
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WrittenFile> _written = new(StringComparer.Ordinal);

    internal JourneyTruth Truth { get; private set; } = null!; // Set by Make, the only way to get one.

    internal static async Task<GeneratedJourney> Make(JourneyOptions options, params string[] datasets)
    {
        var generator = JourneyGenerator.Create(options);
        var journey = new GeneratedJourney();
        foreach (var dataset in datasets.Length == 0 ? generator.Datasets : datasets)
        {
            using var stream = new MemoryStream();
            journey._written[dataset] = await generator.WriteCsvAsync(dataset, stream, cancellationToken: TestContext.Current.CancellationToken);
            journey._files[dataset] = stream.ToArray();
        }

        journey.Truth = await generator.TruthAsync(TestContext.Current.CancellationToken);
        return journey;
    }

    internal IReadOnlyCollection<string> Datasets => _files.Keys;

    internal byte[] Bytes(string dataset) => _files[dataset];

    internal WrittenFile Written(string dataset) => _written[dataset];

    /// <summary>All lines with the header, one character for each byte.</summary>
    internal string[] Lines(string dataset) => Encoding.Latin1.GetString(_files[dataset]).Split('\n');

    /// <summary>The fields of all rows; only for files without bad rows.</summary>
    internal IEnumerable<string[]> Rows(string dataset) => Lines(dataset).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','));

    internal List<Purchase> Purchases() => [.. Rows("transaction_data").Select(Purchase.Parse)];
}
