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

/// <summary>The files of one table.</summary>
/// <param name="Loads">Completed loads whose rows are in them.</param>
/// <param name="Rows">Rows of completed loads, those that a newer load supersedes included.</param>
/// <param name="CompactedFiles">Files that hold rows of several loads.</param>
/// <param name="SmallFiles">Files that are merged when there are enough of them.</param>
public sealed record LakeTableState(string Name, int Loads, long Rows, int Files, int CompactedFiles, int SmallFiles, long Bytes);

/// <summary>What a round of lake care did.</summary>
/// <param name="FilesMerged">Small files that were merged.</param>
/// <param name="FilesWritten">The files that they became.</param>
/// <param name="FilesRemoved">Merged or withdrawn files that no reader could hold any more.</param>
/// <param name="OrphansRemoved">Files that the catalog did not know.</param>
public sealed record CareRound(DateTimeOffset FinishedAt, double Seconds, int FilesMerged, int FilesWritten, int FilesRemoved, int OrphansRemoved, long OrphanBytes);
