namespace Dunnhumby.Contracts.Messages;

/// <summary>A load's rows are durable in the lake and registered in its catalog.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="Loaded">Rows loaded.</param>
/// <param name="CompletedAt">When the load was committed.</param>
public sealed record LoadCompleted(long LoadId, string Dataset, long Loaded, DateTimeOffset CompletedAt);
