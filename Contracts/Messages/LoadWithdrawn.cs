namespace Dunnhumby.Contracts.Messages;

/// <summary>A load, with the replays that belong to it, is no part of the lake any more.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="ReplayIds">Its replays, withdrawn with it.</param>
/// <param name="Rows">Rows that went, those of the replays included.</param>
/// <param name="WithdrawnAt">When it was committed.</param>
public sealed record LoadWithdrawn(long LoadId, string Dataset, IReadOnlyList<long> ReplayIds, long Rows, DateTimeOffset WithdrawnAt);
