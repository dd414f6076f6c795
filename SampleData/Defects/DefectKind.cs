namespace Dunnhumby.SampleData.Defects;

/// <summary>A way of being wrong.</summary>
/// <param name="Name">Name in the truth file.</param>
/// <param name="Reason">The reason code that ingestion must give.</param>
/// <param name="Column">The column at fault; null when it is the whole row.</param>
/// <param name="Spoil">Makes a bad row of the fields of a good one; characters stand for bytes (Latin-1).</param>
internal sealed record DefectKind(string Name, string Reason, string? Column, Func<string[], string> Spoil);
