using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Tells text that spans lines from rows that vanished into a field: a quote that opens in one row and closes rows later makes one row of them, which may well
/// be right. It is taken for such a quote when a line of the text is a right row of the table, or when two of the row's lines are, their quotes left out.
/// </summary>
internal sealed class SwallowedRows(LakeTable table)
{
    private readonly RowSplitter _splitter = new();
    private byte[] _unquoted = new byte[1_024];

    /// <summary>The fault of a row that holds others; null when it holds none. Overwrites the values at <paramref name="batchRow"/>.</summary>
    /// <param name="row">A row that is right as it stands and has fields that span lines.</param>
    /// <param name="split">The row, split.</param>
    /// <param name="columns">For each column of the file its position in the table.</param>
    /// <param name="slots">Where the file's columns go.</param>
    internal RowFault? Fault(ReadOnlySpan<byte> row, RowSplitter split, int[] columns, ColumnSlot[] slots, int batchRow)
    {
        for (var index = 0; index < split.Fields; index++)
        {
            foreach (var line in new LineEnumerator(split.Field(index)))
            {
                // A field that is one line long is a part of the row, and no row.
                if (line.Length < split.Field(index).Length && IsRow(line, slots, batchRow))
                {
                    return Found(table.Columns[columns[index]].Header);
                }
            }
        }

        var rows = 0;
        foreach (var line in new LineEnumerator(row))
        {
            rows += IsRow(Unquoted(line), slots, batchRow) ? 1 : 0;
            if (rows > 1)
            {
                return Found(column: null);
            }
        }

        return null;
    }

    private static RowFault Found(string? column) => new(
        Reasons.SwallowedRows,
        column,
        "A quoted field spans lines, and one of these is a row of the table: a quote was probably left open. Close or remove it in the file, so that each row has its own line, and upload the file again.");

    private bool IsRow(ReadOnlySpan<byte> line, ColumnSlot[] slots, int batchRow)
    {
        if (!_splitter.TrySplit(line, isLast: true) || _splitter.Fields != slots.Length || _splitter.QuoteFault is not null)
        {
            return false;
        }

        for (var index = 0; index < slots.Length; index++)
        {
            if (slots[index].Store(_splitter.Field(index), batchRow) is not null)
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> line)
    {
        if (line.Length > _unquoted.Length)
        {
            Array.Resize(ref _unquoted, Math.Max(_unquoted.Length * 2, line.Length));
        }

        var length = 0;
        foreach (var value in line)
        {
            _unquoted[length] = value;
            length += value == '"' ? 0 : 1;
        }

        return _unquoted.AsSpan(0, length);
    }

    /// <summary>The lines of a text, as LF, CR LF and CR end them.</summary>
    private ref struct LineEnumerator(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;
        private bool _ended;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly LineEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_ended)
            {
                return false;
            }

            var end = _rest.IndexOfAny((byte)'\n', (byte)'\r');
            _ended = end < 0;
            Current = _ended ? _rest : _rest[..end];
            _rest = _ended ? [] : _rest[(end + (_rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
            return true;
        }
    }
}
