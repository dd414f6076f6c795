namespace Dunnhumby.Contracts.Lake;

/// <summary>The files of one table.</summary>
/// <param name="Loads">Completed loads whose rows are in them.</param>
/// <param name="Rows">Rows of completed loads, those that a newer load supersedes included.</param>
/// <param name="CompactedFiles">Files that hold rows of several loads.</param>
/// <param name="SmallFiles">Files that are merged when there are enough of them.</param>
public sealed record LakeTableState(string Name, int Loads, long Rows, int Files, int CompactedFiles, int SmallFiles, long Bytes);
