using System.Text.Json.Nodes;

namespace Dunnhumby.Contracts.Tables;

/// <summary>A page of a derived table's rows.</summary>
/// <param name="Columns">The table's columns, in order.</param>
/// <param name="Rows">At most as many as <c>limit</c> asked for. The members are named and ordered as <paramref name="Columns"/>; decimals keep the scale of their column.</param>
/// <param name="Next">Give it as <c>after</c> for the next page, with the same <c>sort</c>; null on the last one. Opaque.</param>
/// <param name="Totals">Of all rows that the filters leave, on whatever page.</param>
public sealed record PageOfRows(IReadOnlyList<PagedColumn> Columns, IReadOnlyList<JsonObject> Rows, string? Next, TableTotals Totals);

/// <summary>A column of a page.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Parameter">What filters and <c>sort</c> call it.</param>
/// <param name="Type">Of its values, as SQL names it: integer, bigint, decimal(18,2), boolean or text.</param>
/// <param name="Description">What a value says; empty for a version from before that was kept.</param>
/// <param name="Unit">What it is measured in; null where that makes no sense.</param>
/// <param name="IsKey">Whether it is one of the columns that tell rows apart.</param>
public sealed record PagedColumn(string Name, string Parameter, string Type, string Description, string? Unit, bool IsKey);

/// <summary>What rows come to.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Sums">By name the sums of the columns that add up over rows, exact. Rates are not among them, nor counts of baskets and households, which may be the same in several rows.</param>
public sealed record TableTotals(long Rows, IReadOnlyDictionary<string, decimal> Sums);
