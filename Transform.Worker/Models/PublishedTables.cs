namespace Dunnhumby.Transform.Worker.Models;

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

/// <summary>A model that readers get as a table.</summary>
/// <param name="Name">The model's and the table's name.</param>
/// <param name="Key">The columns of the primary key; rows are stored in its order.</param>
/// <param name="Indexes">Further indexes: the column lists, as SQL.</param>
internal sealed record PublishedTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Indexes);
