using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData;

/// <summary>A file that was written.</summary>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="FileName">The original's file name.</param>
/// <param name="Rows">Good rows: without header and planted bad rows.</param>
/// <param name="Bytes">All bytes.</param>
/// <param name="Defects">The planted bad rows, by line.</param>
public sealed record WrittenFile(string Dataset, string FileName, long Rows, long Bytes, IReadOnlyList<PlantedDefect> Defects);
