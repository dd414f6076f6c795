using System.Globalization;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Tables;

/// <summary>How cells of any table are written: by the unit and type of their column.</summary>
internal static class CellWords
{
    private const string Dollars = "dollars";
    private const string Nothing = "–";

    /// <summary>What is counted, and so gets separators of thousands; other whole numbers are keys, days and scores.</summary>
    private static readonly string[] Counted = ["lines", "units", "baskets", "households", "products", "rows", "keys", "redemptions", "observations", "pairs", "stores"];

    internal static string Of(PagedColumn column, JsonNode? cell) => cell switch
    {
        null => Nothing,
        _ when column.Type is "boolean" => cell.GetValue<bool>() ? "yes" : "no",
        _ when column.Unit is Dollars && cell.AsValue().TryGetValue<decimal>(out var amount) => Format.Money(amount),
        _ when IsCounted(column) && cell.AsValue().TryGetValue<long>(out var count) => Format.Count(count),
        // A number keeps the digits that the service sends.
        _ => cell.ToString(),
    };

    internal static string Sum(PagedColumn column, decimal sum) => column.Unit is Dollars ? Format.Money(sum) : sum.ToString("#,0.######", CultureInfo.InvariantCulture);

    internal static bool IsNumeric(PagedColumn column) => column.Type is not ("text" or "boolean");

    internal static string Title(PagedColumn column) => column.Unit is { } unit ? $"{column.Description} In {unit}." : column.Description;

    private static bool IsCounted(PagedColumn column) => column.Unit is { } unit && Counted.Contains(unit, StringComparer.Ordinal);
}
