namespace Dunnhumby.Contracts.Insights;

/// <summary>Something a run counted that a reader should know.</summary>
/// <param name="Code">Stable, for example <c>lines_read</c> or <c>lines_unknown_product</c>.</param>
/// <param name="Count">How many rows it concerns.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record VersionNotice(string Code, long Count, string Message);
