namespace Dunnhumby.Lake.Views;

/// <summary>A load as readers of the lake's files see it.</summary>
/// <param name="Files">The files that hold its rows, relative to the lake's root: its own, or compacted ones that hold rows of other loads too.</param>
public record LakeLoad(long Id, IReadOnlyList<string> Files)
{
    /// <summary>The load whose mended rows this one brings; null for an upload.</summary>
    public long? ReplaysLoadId { get; init; }

    /// <summary>The load that owns the units of this one's rows: a replay belongs to the load that it mends, as if its rows had been right in the first file.</summary>
    public long Owner => ReplaysLoadId ?? Id;
}
