namespace Dunnhumby.Contracts.Loads;

/// <summary>
/// Where the SALES_VALUE of a file of transactions went, in dollars, exact. Each sum is taken at a place of its own: <paramref name="Read"/> by the reader of
/// the file, <paramref name="Loaded"/> from what was handed to the written file, the others where rows leave the way.
/// </summary>
/// <param name="Read">Of all rows whose amount could be read, quarantined ones included.</param>
/// <param name="Loaded">Of the rows in the lake.</param>
/// <param name="Quarantined">Of the rows set aside whose amount could be read.</param>
/// <param name="Deduplicated">Of repeats counted once.</param>
/// <param name="Discarded">Of the good rows of a load that failed.</param>
/// <param name="UnreadableRows">Rows set aside whose amount cannot be read, for example because a field is missing: they are in no sum.</param>
public sealed record SalesReconciliation(decimal Read, decimal Loaded, decimal Quarantined, decimal Deduplicated, decimal Discarded, long UnreadableRows)
{
    /// <summary>Whether what was read is all accounted for, to the cent.</summary>
    public bool AddsUp => Read == Loaded + Quarantined + Deduplicated + Discarded;
}
