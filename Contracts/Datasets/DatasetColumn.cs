namespace Dunnhumby.Contracts.Datasets;

/// <summary>One column of a data set as <c>GET /datasets</c> describes it.</summary>
/// <param name="Name">The header as the original files write it.</param>
/// <param name="Type"><c>int</c>, <c>bigint</c>, <c>money</c> (decimal with at most two places) or <c>text</c>.</param>
/// <param name="Nullable">Whether a blank field is allowed (read as null).</param>
/// <param name="Rule">What values are accepted, in words; null when the type says it all.</param>
public sealed record DatasetColumn(string Name, string Type, bool Nullable, string? Rule);
