namespace Dunnhumby.Contracts.Datasets;

/// <summary>What a file's name says of its content: the one rule for uploads, resumable uploads, archives, the watch folder and the pages. Names are never used as paths.</summary>
public static class DatasetFiles
{
    private const string Csv = ".csv";
    private const string Zip = ".zip";
    private const string SparkPart = "part-";

    private static readonly string[] Compressions = [".gz", ".zst"];
    private static readonly IReadOnlyList<string> LongestFirst = [.. DatasetNames.All.OrderByDescending(dataset => dataset.Length)];

    /// <summary>The endings of files that are a data set's, in lower case.</summary>
    public static IReadOnlyList<string> Endings { get; } = [Csv, .. Compressions.Select(compression => Csv + compression)];

    /// <summary>
    /// The data set of a name such as <c>coupon.csv</c>, <c>COUPON.csv.gz</c>, <c>coupon-2026-11-24.csv.zst</c> or <c>coupon (1).csv</c>: case is ignored, and
    /// after the data set's name may come a mark that is neither letter nor underscore, or an underscore and a digit. Folders before it do not matter, but for a
    /// file that Spark wrote: <c>coupon.csv/part-00000-….csv</c> is named by its folder. Null when it says none of the eight.
    /// </summary>
    public static string? DatasetOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Trim().Split('/', '\\');
        if (StemOf(parts[^1]) is not { } stem)
        {
            return null;
        }

        return NamedBy(stem) ?? (parts.Length > 1 && stem.StartsWith(SparkPart, StringComparison.OrdinalIgnoreCase) ? NamedBy(StemOf(parts[^2]) ?? parts[^2]) : null);
    }

    /// <summary>Whether the name is that of an archive of several files.</summary>
    public static bool IsArchive(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName.Trim().EndsWith(Zip, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The name without <c>.csv</c> and what compressed it; null when it is not that of a CSV file.</summary>
    private static string? StemOf(string name)
    {
        var ending = Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? null : name[..^ending.Length];
    }

    private static string? NamedBy(string stem) =>
        LongestFirst.FirstOrDefault(dataset => stem.StartsWith(dataset, StringComparison.OrdinalIgnoreCase) && IsEnd(stem.AsSpan(dataset.Length)));

    private static bool IsEnd(ReadOnlySpan<char> rest) => rest switch
    {
        [] => true,
        ['_', var next, ..] => char.IsAsciiDigit(next),
        [var first, ..] => !char.IsLetter(first) && first != '_',
    };
}
