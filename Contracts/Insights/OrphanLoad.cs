namespace Dunnhumby.Contracts.Insights;

/// <summary>A load with rows that point at nothing.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Rows">How many of its rows.</param>
public sealed record OrphanLoad(long LoadId, long Rows);
