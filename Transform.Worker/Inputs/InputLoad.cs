namespace Dunnhumby.Transform.Worker.Inputs;

/// <summary>A completed load and its Parquet files.</summary>
/// <param name="Files">Paths relative to the lake's root.</param>
internal sealed record InputLoad(long Id, string Dataset, string Sha256, long Loaded, DateTimeOffset CompletedAt, IReadOnlyList<string> Files)
{
    /// <summary>The load whose mended rows this one brings; null for an upload.</summary>
    internal long? ReplaysLoadId { get; init; }

    /// <summary>The load that owns the units of this one's rows: a replay belongs to the load that it mends, as if its rows had been right in the first file.</summary>
    internal long Owner => ReplaysLoadId ?? Id;
}
