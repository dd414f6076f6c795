using System.Text.Json;
using Dunnhumby.SampleData.Files;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Truth;

/// <summary><c>truth.json</c>: the truth, the files it was written with and their bad rows; names in snake_case.</summary>
/// <param name="Days">The days of an increment; null for all.</param>
/// <param name="Files">What stands beside it.</param>
/// <param name="Defects">The bad rows of all files.</param>
public sealed record TruthFile(JourneyTruth Truth, DayRange? Days, IReadOnlyList<TruthFile.FileFacts> Files, IReadOnlyList<PlantedDefect> Defects)
{
    /// <summary>How the file is written and read.</summary>
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>A file beside it.</summary>
    /// <param name="Rows">Good rows, without header and bad rows.</param>
    public sealed record FileFacts(string File, long Rows, int Defects, long Bytes);

    /// <summary>The truth with the files that were written.</summary>
    public static TruthFile Of(JourneyTruth truth, DayRange? days, IReadOnlyList<WrittenFile> files) => new(
        truth,
        days,
        [.. files.Select(file => new FileFacts(file.FileName, file.Rows, file.Defects.Count, file.Bytes))],
        [.. files.SelectMany(file => file.Defects)]);
}
