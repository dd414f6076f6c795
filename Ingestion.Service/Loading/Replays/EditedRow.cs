using Dunnhumby.Ingestion.Service.Reading.Rows;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>A quarantined row with its edits applied.</summary>
/// <param name="Line">Its line in the load that set it aside.</param>
/// <param name="Before">As it was sent.</param>
/// <param name="After">As it would be loaded; null when it is dropped.</param>
internal sealed record EditedRow(long Line, string Before, string? After)
{
    /// <summary>Why it would not be loaded, once that was looked at.</summary>
    internal RowFault? Fault { get; set; }

    internal bool Passes => After is not null && Fault is null;
}
