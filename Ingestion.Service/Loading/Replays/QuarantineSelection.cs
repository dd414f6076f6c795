using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>Takes the rows that edits name out of a load's quarantine and applies the edits to them.</summary>
internal static class QuarantineSelection
{
    /// <summary>The texts of one request's rows, in characters: they are held in memory.</summary>
    private const long MaxCharacters = 16L << 20;

    /// <summary>Edits of rows in one request: a thousand edits of fifty thousand rows would keep a processor busy for hours.</summary>
    private const long MaxApplied = 1_000_000;

    private const int ShownLines = 20;

    private static readonly RowFault Cut = new(
        Reasons.TextTooLong,
        Column: null,
        $"Only the first {RowText.ShownCharacters} characters of the row are kept, so no edit of them can mend it. Give its whole text, drop it, or correct the file.");

    /// <summary>The edited rows by line. Refused when a line is not in quarantine, or there are none or too many rows.</summary>
    internal static async Task<Result<List<EditedRow>>> ReadAsync(LakeCatalog catalog, long loadId, MendRequest request, RowMender mender, IngestionOptions options, CancellationToken cancellationToken)
    {
        var lines = request.Edits.SelectMany(edit => edit.Lines ?? []).ToHashSet();
        var reasons = request.Edits.Select(edit => edit.Reason).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var rows = QuarantineRows.Of(catalog, loadId)
            .Where(row => lines.Contains(row.Line) || (reasons.Contains(row.Reason) && row.State == RowStates.Quarantined))
            .OrderBy(row => row.Line)
            .AsAsyncEnumerable();
        var edits = request.Edits.Select(edit => (Edit: edit, Lines: edit.Lines?.ToHashSet())).ToList();
        List<EditedRow> edited = [];
        var (characters, applied) = (0L, 0L);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (lines.Remove(row.Line) && row.State is not RowStates.Quarantined)
            {
                return ReplayRecord.AlreadyReplayed($"The row of line {row.Line} was {row.State} by load {row.ReplayLoadId}.");
            }

            if (edits.Where(edit => Takes(edit.Edit, edit.Lines, row)).Select(edit => edit.Edit).ToList() is not { Count: > 0 } own)
            {
                continue;
            }

            edited.Add(Edit(row, own, mender, options.MaxRowBytes));
            characters += edited[^1].Before.Length + (edited[^1].After?.Length ?? 0);
            applied += own.Count;
            if (edited.Count > options.MaxReplayedRows || characters > MaxCharacters || applied > MaxApplied)
            {
                return new Rejection(
                    "too-many-rows",
                    "The edits take too many rows",
                    $"At most {options.MaxReplayedRows} rows (and {MaxCharacters} characters, and {MaxApplied} times an edit of a row) are mended at once. "
                    + "Take them by their lines in several parts, or correct the file and upload it again.");
            }
        }

        if (lines.Count > 0 || edited.Count == 0)
        {
            return new Rejection(
                "nothing-to-mend",
                "There are no such rows in quarantine",
                lines.Count > 0
                    ? $"Load {loadId} has no quarantined row in these lines: {string.Join(", ", lines.Order().Take(ShownLines))}."
                    : $"No row of load {loadId} that is still quarantined is in the groups named. GET /loads/{loadId}/quarantine/summary lists them.");
        }

        return edited;
    }

    private static bool Takes(RowEdit edit, HashSet<long>? lines, StoredRow row) => lines is not null
        ? lines.Contains(row.Line)
        : string.Equals(edit.Reason, row.Reason, StringComparison.Ordinal) && (edit.Column is null || string.Equals(edit.Column, row.Column ?? "", StringComparison.Ordinal));

    private static EditedRow Edit(StoredRow row, List<RowEdit> edits, RowMender mender, int maxBytes)
    {
        if (edits.Any(edit => edit.Kind is RowEditKinds.Drop))
        {
            return new EditedRow(row.Line, row.RawText, After: null);
        }

        var text = row.RawText;
        foreach (var edit in edits)
        {
            // A character takes at least one byte, so a text of more characters would be refused anyway.
            if (mender.Apply(edit, text, maxBytes) is not { } after)
            {
                return new EditedRow(row.Line, row.RawText, text)
                {
                    Fault = new RowFault(Reasons.LongRow, Column: null, $"The edits would make the row longer than {maxBytes} bytes."),
                };
            }

            text = after;
        }

        var isWhole = !row.IsCut || edits.Any(edit => edit.Kind is RowEditKinds.Row);
        return new EditedRow(row.Line, row.RawText, text) { Fault = isWhole ? null : Cut };
    }
}

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
