namespace Dunnhumby.Contracts.Paging;

/// <summary>One page of a keyset-paged list.</summary>
/// <param name="Items">At most as many as <c>limit</c> asked for.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>One page of a keyset-paged list of rows, with what all rows that the filters keep add up to.</summary>
/// <param name="Items">At most as many as <c>limit</c> asked for.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one. Opaque.</param>
/// <param name="Totals">Over every row that the filters keep, on this page or not: the same on each page.</param>
public sealed record RowPage<TRow, TTotals>(IReadOnlyList<TRow> Items, string? Next, TTotals Totals)
    where TTotals : class;

/// <summary>Of rows that have nothing to add up: how many there are.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
public sealed record RowTotals(long Rows);
