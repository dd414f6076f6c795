namespace Dunnhumby.Contracts.Datasets;

/// <summary>The names of the eight data sets: each is the original file's name without <c>.csv</c>.</summary>
public static class DatasetNames
{
    public const string Transactions = "transaction_data";
    public const string Products = "product";
    public const string Demographics = "hh_demographic";
    public const string Campaigns = "campaign_desc";
    public const string CampaignHouseholds = "campaign_table";
    public const string Coupons = "coupon";
    public const string CouponRedemptions = "coupon_redempt";
    public const string Causal = "causal_data";

    /// <summary>All eight, in the order in which people list them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Transactions, Products, Demographics, Campaigns, CampaignHouseholds, Coupons, CouponRedemptions, Causal];
}

/// <summary>One of the eight data sets and what the lake holds of it.</summary>
/// <param name="Name">For example <c>transaction_data</c>.</param>
/// <param name="FileName">The original file's name, for example <c>transaction_data.csv</c>.</param>
/// <param name="ReplacementUnit">What the newest load replaces as a whole: for example <c>basket_id</c>.</param>
/// <param name="Columns">In the order of the original file; uploads may bring them in any order.</param>
/// <param name="CompletedLoads">How many loads of it have completed.</param>
/// <param name="LoadedRows">The rows of all completed loads, before replacement.</param>
/// <param name="LastCompletedAt">Null when nothing was loaded yet.</param>
public sealed record Dataset(
    string Name,
    string FileName,
    string ReplacementUnit,
    IReadOnlyList<DatasetColumn> Columns,
    int CompletedLoads,
    long LoadedRows,
    DateTimeOffset? LastCompletedAt);

/// <summary>One column of a data set as <c>GET /datasets</c> describes it.</summary>
/// <param name="Name">The header as the original files write it.</param>
/// <param name="Type"><c>int</c>, <c>bigint</c>, <c>money</c> (decimal with at most two places) or <c>text</c>.</param>
/// <param name="Nullable">Whether a blank field is allowed (read as null).</param>
/// <param name="Rule">What values are accepted, in words; null when the type says it all.</param>
public sealed record DatasetColumn(string Name, string Type, bool Nullable, string? Rule);

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
