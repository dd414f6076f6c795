namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>The first fault found in a row.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Column">The column at fault as the original files write it; null when the whole row is.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
internal sealed record RowFault(string Reason, string? Column, string Message);
