using System.Text.Json.Serialization;

namespace Dunnhumby.Contracts.Loads;

/// <summary>How quarantined rows are to be mended. Rows that no edit takes stay as they are.</summary>
/// <param name="Edits">Applied in this order; a row may be taken by several.</param>
/// <param name="LeaveFaulty">Whether rows that are still faulty stay in quarantine while the others are replayed; otherwise one faulty row refuses all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MendRequest(IReadOnlyList<RowEdit> Edits, bool LeaveFaulty = false);
