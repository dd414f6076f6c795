using System.Linq.Expressions;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>Quarantined rows with what became of them.</summary>
internal static class QuarantineRows
{
    /// <summary>As they are answered.</summary>
    internal static Expression<Func<StoredRow, QuarantinedRow>> Shown { get; } = row => new QuarantinedRow(row.Line, row.ByteOffset, row.Column, row.Reason, row.Message, row.RawText)
    {
        State = row.State,
        ReplayLoadId = row.ReplayLoadId,
        IsCut = row.IsCut,
    };

    /// <summary>The rows of a load's quarantine, in no order.</summary>
    internal static IQueryable<StoredRow> Of(LakeCatalog catalog, long loadId) =>
        from row in catalog.QuarantinedRows.AsNoTracking()
        where row.LoadId == loadId
        join mended in catalog.MendedRows.AsNoTracking().Where(mended => mended.WithdrawnAt == null)
            on new { row.LoadId, row.Line } equals new { mended.LoadId, mended.Line } into matches
        from match in matches.DefaultIfEmpty()
        select new StoredRow
        {
            Line = row.Line,
            ByteOffset = row.ByteOffset,
            Column = row.Column,
            Reason = row.Reason,
            Message = row.Message,
            RawText = row.RawText,
            State = match == null ? RowStates.Quarantined : match.State,
            ReplayLoadId = match == null ? null : match.ReplayLoadId,
            IsCut = row.IsCut,
        };
}

/// <summary>A quarantined row with what became of it, as queries see it: made by initialiser, so that they can filter by its members.</summary>
internal sealed class StoredRow
{
    internal required long Line { get; init; }
    internal required long ByteOffset { get; init; }
    internal string? Column { get; init; }
    internal required string Reason { get; init; }
    internal required string Message { get; init; }
    internal required string RawText { get; init; }
    internal required string State { get; init; }
    internal long? ReplayLoadId { get; init; }
    internal required bool IsCut { get; init; }
}
