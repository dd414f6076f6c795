using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Lake.Catalog;

/// <summary>
/// What was done with a quarantined row: a row of <c>catalog.mended_rows</c>. What it was before is in <see cref="QuarantinedRowEntity"/>; when and by whom
/// is in the replay's load. At most one that is not withdrawn per quarantined row.
/// </summary>
public sealed class MendedRowEntity
{
    /// <summary>The load that brings the row.</summary>
    public required long ReplayLoadId { get; init; }

    /// <summary>The load that set the row aside, and its line there.</summary>
    public required long LoadId { get; init; }

    public required long Line { get; init; }

    /// <summary><see cref="RowStates.Mended"/> or <see cref="RowStates.Dropped"/>.</summary>
    public required string State { get; init; }

    /// <summary>The row as it was loaded; null when it was dropped.</summary>
    public string? After { get; init; }

    /// <summary>When the replay was withdrawn, so that the row is quarantined again; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}
