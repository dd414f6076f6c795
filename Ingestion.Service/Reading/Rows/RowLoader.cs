using System.Text;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Turns the bytes of one file into batches of typed rows. Works on UTF-8 bytes and not on decoded text: line, byte offset and raw text of a row come for
/// free, invalid UTF-8 is seen as such, and nothing is allocated for a row that is loaded.
/// </summary>
internal sealed class RowLoader(LakeTable table, QuarantineSpool quarantine, IngestionOptions options) : IDisposable
{
    private readonly RowAdmission _admission = new(table, quarantine);
    private readonly RowSplitter _splitter = new();
    private readonly SwallowedRows _swallowed = new(table);
    private ColumnSlot[] _slots = [];
    private int[] _columns = [];
    private RowBatch _batch = new(table);
    private long _line = 1;

    /// <summary>Offset of the next byte to be taken, in the decompressed file as it was sent: in UTF-16 when that is what it was.</summary>
    internal long Offset { get; set; }

    /// <summary>Whether the file was UTF-16.</summary>
    internal bool IsTranscoded { get; init; }

    /// <summary>Whether a declared hash says that the file is whole, even when its last row has no line end.</summary>
    internal bool IsKnownWhole { get; init; }

    /// <summary>Why the whole file is refused; null while it is not.</summary>
    internal Rejection? Rejection { get; private set; }

    /// <summary>What became of the rows that were read.</summary>
    internal RowAdmission Rows => _admission;

    internal long BlankLines { get; private set; }

    /// <summary>Fields of good rows that span lines.</summary>
    internal long MultilineFields { get; private set; }

    /// <summary>The line of the first row with such a field; null when there is none.</summary>
    internal long? FirstMultilineLine { get; private set; }

    /// <summary>Whether the header was read.</summary>
    internal bool HasHeader => _slots.Length > 0;

    /// <summary>For each column of the file its position in the table; empty before the header was read.</summary>
    internal IReadOnlyList<int> FileColumns => _columns;

    /// <summary>Where rows go.</summary>
    internal RowBatch Batch
    {
        get => _batch;
        set
        {
            _batch = value;
            Bind();
        }
    }

    /// <summary>Takes rows from <paramref name="data"/> until it needs more data or another batch, and says how many bytes it took.</summary>
    /// <param name="isLast">The file ends with this data.</param>
    internal LoadStep Take(ReadOnlySpan<byte> data, bool isLast, out int taken)
    {
        taken = 0;
        if (!HasHeader && !TryTakeHeader(data, isLast, ref taken))
        {
            return Stopped();
        }

        var lastLineFeed = data.LastIndexOf((byte)'\n');
        while (taken < data.Length && Rejection is null)
        {
            if (_batch.IsFull)
            {
                return LoadStep.BatchFull;
            }

            if (_batch.Rows == _batch.Capacity)
            {
                _batch.MakeRoom();
            }

            if (data[taken] == '\n')
            {
                BlankLines++;
                _line++;
                Advance(data, ref taken, length: 1);
                continue;
            }

            if (taken > lastLineFeed || !TakeFastRow(data, ref taken))
            {
                if (!TryTakeRow(data[taken..], isLast, out var length))
                {
                    break;
                }

                Advance(data, ref taken, length);
            }
        }

        return Stopped();
    }

    /// <summary>Gives back what was remembered of the rows.</summary>
    public void Dispose() => _admission.Dispose();

    /// <summary>The file has ended, and must have had a header: why it is refused, if it is.</summary>
    internal Rejection? End() => HasHeader ? null : RefusedRows.EmptyFile();

    private LoadStep Stopped() => Rejection is null ? LoadStep.NeedsData : LoadStep.Refused;

    private unsafe bool TakeFastRow(ReadOnlySpan<byte> data, ref int taken)
    {
        int length;
        fixed (byte* start = data)
        {
            length = FastRows.Take(start + taken, _slots, _batch.Rows);
        }

        if (length == 0)
        {
            return false;
        }

        if (_admission.Admit(_batch, data.Slice(taken, length), _line, Offset) is { } refused)
        {
            Rejection = refused;
        }

        _line++;
        Advance(data, ref taken, length);
        return true;
    }

    private void Advance(ReadOnlySpan<byte> data, ref int taken, int length)
    {
        Offset += IsTranscoded ? Encoding.UTF8.GetCharCount(data.Slice(taken, length)) * sizeof(char) : length;
        taken += length;
    }

    private bool TryTakeHeader(ReadOnlySpan<byte> data, bool isLast, ref int taken)
    {
        while (taken < data.Length)
        {
            if (!TrySplit(data[taken..], isLast))
            {
                return false;
            }

            var rest = data[(taken + _splitter.Consumed)..];
            if (_splitter.RowLength > 0)
            {
                var (columns, rejection) = HeaderRow.Match(table, _splitter, data.Slice(taken, _splitter.RowLength), _line, rest);
                if (columns is null)
                {
                    Rejection = (rejection ?? throw new InvalidOperationException("A header is matched or refused.")) with { Line = _line, ByteOffset = Offset };
                    return false;
                }

                _columns = columns;
                _slots = [.. _columns.Select(column => ColumnSlot.For(table.Columns[column]))];
                Bind();
            }
            else
            {
                BlankLines++;
            }

            _line += _splitter.LineBreaks;
            Advance(data, ref taken, _splitter.Consumed);
            if (HasHeader)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryTakeRow(ReadOnlySpan<byte> data, bool isLast, out int length)
    {
        length = 0;
        if (!TrySplit(data, isLast))
        {
            return false;
        }

        length = _splitter.Consumed;
        var row = data[.._splitter.RowLength];
        if (row.IsEmpty)
        {
            BlankLines++;
        }
        else if ((RowFaults.Of(row, _splitter, table, _columns, this) ?? Store() ?? Swallowed(row)) is { } fault)
        {
            if (_splitter.IsRunaway)
            {
                Rejection = RefusedRows.OpenQuote(_line, Offset);
                return false;
            }

            _admission.SetAside(fault, row, _splitter, _columns, _line, Offset);
        }
        else
        {
            CountMultiline();
            Rejection = _admission.Admit(_batch, row, _line, Offset) ?? Rejection;
        }

        _line += _splitter.LineBreaks;
        return true;
    }

    private bool TrySplit(ReadOnlySpan<byte> data, bool isLast)
    {
        var isWhole = _splitter.TrySplit(data, isLast);
        if ((isWhole ? _splitter.RowLength : data.Length) > options.MaxRowBytes)
        {
            Rejection = _splitter.QuoteIsOpen ? RefusedRows.OpenQuote(_line, Offset) : RefusedRows.TooLong(options.MaxRowBytes, _line, Offset);
            return false;
        }

        if (!isWhole && _splitter.QuoteIsOpen && isLast)
        {
            Rejection = RefusedRows.OpenQuote(_line, Offset);
        }

        return isWhole;
    }

    private RowFault? Store()
    {
        for (var index = 0; index < _slots.Length; index++)
        {
            if (_slots[index].Store(_splitter.Field(index), _batch.Rows) is { } fault)
            {
                var header = _slots[index].Column.Header;
                return new RowFault(fault.Reason, header, $"{header} {fault.Message}");
            }
        }

        return null;
    }

    /// <summary>A row that is right as it stands, but holds other rows in a quoted field.</summary>
    private RowFault? Swallowed(ReadOnlySpan<byte> row) => _splitter.MultilineFields == 0
        ? null
        : _swallowed.Fault(row, _splitter, _columns, _slots, _batch.Rows) ?? Store();

    private void CountMultiline()
    {
        if (_splitter.MultilineFields > 0)
        {
            MultilineFields += _splitter.MultilineFields;
            FirstMultilineLine ??= _line;
        }
    }

    private void Bind()
    {
        _admission.Bind(_batch);
        for (var index = 0; index < _slots.Length; index++)
        {
            _slots[index].Bind(_batch.Columns[_columns[index]]);
        }
    }
}

/// <summary>Why <see cref="RowLoader"/> stopped.</summary>
internal enum LoadStep
{
    /// <summary>It took all whole rows of the data.</summary>
    NeedsData,

    /// <summary>Its batch is full: it continues with another one.</summary>
    BatchFull,

    /// <summary>The whole file is refused: <see cref="RowLoader.Rejection"/> says why.</summary>
    Refused,
}
