namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The tables of a version, in the order of listings, with the indexes that the API's filters and sorts need.</summary>
internal static class PublishedTables
{
    /// <summary>Whether readers get a table of this name.</summary>
    internal static bool Has(string name) => All.Any(table => string.Equals(table.Name, name, StringComparison.Ordinal));

    internal static IReadOnlyList<PublishedTable> All { get; } =
    [
        new("household_summary", ["household_key"], ["rfm_bin, household_key", "total_sales desc, household_key"]),
        new("daily_household_spend", ["household_key", "day"], ["day"]),
        new("daily_campaign_sales", ["campaign", "day"], []),
        new("campaign_summary", ["campaign"], []),
        new("daily_sales", ["day"], []),
        new("orphans", ["reference"], []),
    ];
}
