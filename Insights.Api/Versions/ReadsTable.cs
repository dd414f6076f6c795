namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Marks an endpoint that has no answer while a version is without this table.</summary>
/// <param name="Name">The table.</param>
internal sealed record ReadsTable(string Name);
