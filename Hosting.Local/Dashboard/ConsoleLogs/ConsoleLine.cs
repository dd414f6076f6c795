namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>A line that a resource wrote, or that the engine wrote about it.</summary>
/// <param name="Sequence">In the order of arrival over all resources; from 1.</param>
/// <param name="ResourceId">Whose.</param>
/// <param name="Time">When it arrived.</param>
/// <param name="Text">As written, control sequences and all.</param>
/// <param name="Source">Who wrote it, and where.</param>
public sealed record ConsoleLine(long Sequence, string ResourceId, DateTimeOffset Time, string Text, ConsoleSource Source);
