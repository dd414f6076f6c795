namespace Dunnhumby.SampleData.Files;

/// <summary>A file that was written.</summary>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="FileName">The original's file name.</param>
/// <param name="Rows">Good rows: without header and planted bad rows.</param>
/// <param name="Bytes">All bytes.</param>
/// <param name="Defects">The planted bad rows, by line.</param>
public sealed record WrittenFile(string Dataset, string FileName, long Rows, long Bytes, IReadOnlyList<PlantedDefect> Defects);

/// <summary>A bad row.</summary>
/// <param name="File">For example <c>product.csv</c>.</param>
/// <param name="Line">1-based; the header is line 1.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Column">The column at fault; null when it is the whole row.</param>
/// <param name="Reason">The reason code it must be quarantined with, when the upload declares no hash of the content.</param>
public sealed record PlantedDefect(string File, long Line, string Kind, string? Column, string Reason);
