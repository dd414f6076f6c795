using Dunnhumby.Contracts.Lineage;

namespace Dunnhumby.Dashboard.Web.Lineage;

/// <summary>What the kinds of tables, and the ways in which columns come from others, are called.</summary>
internal static class LineageWords
{
    internal static string Kind(string kind) => kind switch
    {
        LineageKinds.Dataset => "data set",
        LineageKinds.Table => "published table",
        _ => kind,
    };

    /// <summary>The colour of a state's chip.</summary>
    internal static string Look(string state) => state switch
    {
        "fresh" or "loaded" => "good",
        "stale" or "waiting" => "warn",
        "absent" => "bad",
        _ => "",
    };

    /// <summary>A column of an input as people read it; its rows, where the value depends on which rows there are.</summary>
    internal static string Source(LineageSource source) => source.Column is { } column ? $"{source.Table}.{column}" : $"rows of {source.Table}";

    /// <summary>What is between a column and what it is made of; nothing when it is as it was.</summary>
    internal static string How(LineageSource source) => source.How is "copied" ? "" : $" ({source.How})";
}
