using System.Text.Json.Serialization;

namespace Dunnhumby.Contracts.Loads;

/// <summary>A change to quarantined rows: to the rows of some lines, or to a whole group.</summary>
/// <param name="Kind">One of <see cref="RowEditKinds.All"/>.</param>
/// <param name="Lines">The lines of the rows; null to take a group.</param>
/// <param name="Reason">The group's reason, when there are no lines.</param>
/// <param name="Column">The group's column: empty for faults of whole rows, null for any.</param>
/// <param name="Field">The column whose text changes; null where the kind allows the whole row.</param>
/// <param name="From">The text to be replaced, compared exactly.</param>
/// <param name="To">The new text.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RowEdit(
    string Kind,
    IReadOnlyList<long>? Lines = null,
    string? Reason = null,
    string? Column = null,
    string? Field = null,
    string? From = null,
    string? To = null);
