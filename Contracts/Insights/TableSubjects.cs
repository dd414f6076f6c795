namespace Dunnhumby.Contracts.Insights;

/// <summary>What the derived tables are about, in words that people use.</summary>
public static class TableSubjects
{
    private static readonly Dictionary<string, string> Subjects = new(StringComparer.Ordinal)
    {
        ["household_summary"] = "households",
        ["daily_household_spend"] = "daily spend of households",
        ["daily_campaign_sales"] = "daily sales of campaigns",
        ["campaign_summary"] = "campaigns",
        ["daily_sales"] = "daily sales",
        ["orphans"] = "orphans",
    };

    /// <summary>The subject of a table; its name when it has none.</summary>
    public static string Of(string table) => Subjects.GetValueOrDefault(table, table);
}
