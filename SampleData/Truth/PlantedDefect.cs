namespace Dunnhumby.SampleData.Truth;

/// <summary>A bad row.</summary>
/// <param name="File">For example <c>product.csv</c>.</param>
/// <param name="Line">1-based; the header is line 1.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Column">The column at fault; null when it is the whole row.</param>
/// <param name="Reason">The reason code it must be quarantined with, when the upload declares no hash of the content.</param>
public sealed record PlantedDefect(string File, long Line, string Kind, string? Column, string Reason);
