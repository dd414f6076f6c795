namespace Dunnhumby.Contracts.Insights;

/// <summary>Something that rows point at and that is not there.</summary>
/// <param name="Key">Its value, of several columns separated by a comma.</param>
/// <param name="Rows">How many rows point at it.</param>
public sealed record OrphanKey(string Key, long Rows);
