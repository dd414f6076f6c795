namespace Dunnhumby.Contracts.Lake;

/// <summary>What the lake consists of, and how it is cared for.</summary>
/// <param name="Tables">All eight, in the order in which people list them.</param>
/// <param name="RetiredFiles">Files that are no part of the lake any more and wait until no reader can hold them.</param>
/// <param name="Faults">Files that are listed but missing or torn, each in a sentence: rows are lost. As the last round found.</param>
/// <param name="LastRound">The last look at all files; null before the first.</param>
/// <param name="LastCompaction">The last round that merged files; null when none did.</param>
/// <param name="OrphansRemoved">Files unknown to the catalog that were removed so far.</param>
public sealed record LakeState(
    IReadOnlyList<LakeTableState> Tables,
    int RetiredFiles,
    long RetiredBytes,
    IReadOnlyList<string> Faults,
    CareRound? LastRound,
    CareRound? LastCompaction,
    long OrphansRemoved);
