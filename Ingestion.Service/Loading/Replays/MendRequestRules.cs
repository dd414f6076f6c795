using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>What a request to mend rows must be like, before any row is looked at.</summary>
internal static class MendRequestRules
{
    private const int MaxEdits = 1_000;
    private const int MaxTextLength = 65_536;

    /// <summary>What is wrong with a request, if anything.</summary>
    internal static Rejection? Check(MendRequest request, LakeTable table)
    {
        if (request.Edits is not { Count: > 0 and <= MaxEdits })
        {
            return Invalid($"Give 1 to {MaxEdits} edits.");
        }

        foreach (var (index, edit) in request.Edits.Index())
        {
            if (edit is null || Fault(edit, table) is { } fault)
            {
                return Invalid($"Edit {index + 1}: {(edit is null ? "it is null." : Fault(edit, table))}");
            }
        }

        return null;
    }

    private static string? Fault(RowEdit edit, LakeTable table)
    {
        // In the new text it is a fault of the row, like in an upload.
        if (((string?[])[edit.Kind, edit.Reason, edit.Column, edit.Field, edit.From]).Any(text => text?.Contains('\0', StringComparison.Ordinal) ?? false))
        {
            return "it holds the character NUL, which no row can have.";
        }

        if (!RowEditKinds.All.Contains(edit.Kind, StringComparer.Ordinal))
        {
            return $"kind must be one of {string.Join(", ", RowEditKinds.All)}.";
        }

        if (edit.Lines is null == edit.Reason is null || (edit.Lines is not null && edit.Column is not null))
        {
            return "give either lines, or the reason (and column) of a group.";
        }

        if (edit.Field is not null && !table.Columns.Any(column => string.Equals(column.Header, edit.Field, StringComparison.OrdinalIgnoreCase)))
        {
            return $"{table.Name} has no column of the name that field gives.";
        }

        if (edit.To?.Length > MaxTextLength || edit.From?.Length > MaxTextLength)
        {
            return $"a text has at most {MaxTextLength} characters.";
        }

        return edit.Kind switch
        {
            RowEditKinds.Replace when string.IsNullOrEmpty(edit.From) => "replace needs from, the text to be replaced.",
            RowEditKinds.Set when edit.Field is null || edit.To is null => "set needs field and to.",
            RowEditKinds.Row when string.IsNullOrEmpty(edit.To) => "row needs to, the row's new text.",
            RowEditKinds.Row when edit.Lines is not { Count: 1 } => "row takes one line: every row has a text of its own.",
            _ => null,
        };
    }

    private static Rejection Invalid(string detail) => new("invalid-edits", "The edits are not understood", detail) { Kind = RejectionKind.Malformed };
}
