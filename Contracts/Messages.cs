namespace Dunnhumby.Contracts.Messages;

/// <summary>A load's rows are durable in the lake and registered in its catalog.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="Loaded">Rows loaded.</param>
/// <param name="CompletedAt">When the load was committed.</param>
public sealed record LoadCompleted(long LoadId, string Dataset, long Loaded, DateTimeOffset CompletedAt);

/// <summary>A load, with the replays that belong to it, is no part of the lake any more.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="ReplayIds">Its replays, withdrawn with it.</param>
/// <param name="Rows">Rows that went, those of the replays included.</param>
/// <param name="WithdrawnAt">When it was committed.</param>
public sealed record LoadWithdrawn(long LoadId, string Dataset, IReadOnlyList<long> ReplayIds, long Rows, DateTimeOffset WithdrawnAt);

/// <summary>A new version of the derived tables is the one that readers see.</summary>
/// <param name="Version">The new version's number; versions grow by one.</param>
/// <param name="RunId">The run that built it.</param>
/// <param name="PublishedAt">When it was committed.</param>
public sealed record InsightsPublished(int Version, long RunId, DateTimeOffset PublishedAt);
