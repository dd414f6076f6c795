using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Ingestion.Service.Intake;

/// <summary>What a file's name says of its content. Names are never used as paths.</summary>
internal static class FileNames
{
    private const string Csv = ".csv";
    private const string Zip = ".zip";

    private static readonly string[] Compressions = [".gz", ".zst"];

    /// <summary>
    /// The data set of a name such as <c>coupon.csv</c>, <c>COUPON.csv.gz</c> or <c>coupon-2026-11-24.csv.zst</c>: case is ignored, and after the data
    /// set's name may come a mark that is neither letter nor underscore, or an underscore and a digit. Null when there is none.
    /// </summary>
    internal static string? DatasetOf(string fileName)
    {
        var name = fileName.Trim();
        foreach (var compression in Compressions.Where(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            name = name[..^compression.Length];
        }

        if (!name.EndsWith(Csv, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var stem = name[..^Csv.Length];
        return DatasetNames.All.OrderByDescending(dataset => dataset.Length).FirstOrDefault(dataset =>
            stem.StartsWith(dataset, StringComparison.OrdinalIgnoreCase) && IsEnd(stem.AsSpan(dataset.Length)));
    }

    /// <summary>Whether the name is that of an archive of several files.</summary>
    internal static bool IsArchive(string fileName) => fileName.Trim().EndsWith(Zip, StringComparison.OrdinalIgnoreCase);

    private static bool IsEnd(ReadOnlySpan<char> rest) => rest switch
    {
        [] => true,
        ['_', var next, ..] => char.IsAsciiDigit(next),
        [var first, ..] => !char.IsLetter(first) && first != '_',
    };
}
