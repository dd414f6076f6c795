namespace Dunnhumby.Contracts.Insights;

/// <summary>A derived table of a published version.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Rows">Row count.</param>
/// <param name="Grain">What one row is, in words.</param>
/// <param name="Columns">Names in order.</param>
public sealed record VersionTable(string Name, long Rows, string Grain, IReadOnlyList<string> Columns);
