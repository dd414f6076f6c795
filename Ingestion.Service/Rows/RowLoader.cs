using System.Text;
using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Ingestion.Service.Duplicates;
using Dunnhumby.Ingestion.Service.Quarantine;
using Dunnhumby.Ingestion.Service.Rows.Slots;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Rows;

/// <summary>
/// Turns the bytes of one file into batches of typed rows. Works on UTF-8 bytes and not on decoded text: line, byte offset and raw text of a row come for
/// free, invalid UTF-8 is seen as such, and nothing is allocated for a row that is loaded.
/// </summary>
internal sealed class RowLoader(LakeTable table, QuarantineSpool quarantine, IngestionOptions options) : IDisposable
{
    private const int MaxRepeatedKeys = 500_000;

    private readonly DuplicateCheck? _duplicates = DuplicateCheck.For(table);
    private readonly DenseKeyColumns? _dense = DenseKeyColumns.Of(table);
    private readonly RowRules _rules = new(table);
    private readonly RowSplitter _splitter = new();
    private readonly SwallowedRows _swallowed = new(table);
    private Int32Buffer? _sales;
    private ColumnSlot[] _slots = [];
    private int[] _columns = [];
    private RowBatch _batch = new(table);
    private long _line = 1;

    /// <summary>Offset of the next byte to be taken, in the decompressed file as it was sent: in UTF-16 when that is what it was.</summary>
    internal long Offset { get; set; }

    /// <summary>Whether the file was UTF-16.</summary>
    internal bool IsTranscoded { get; init; }

    /// <summary>Whether a declared hash says that the file is whole, even when its last row has no line end.</summary>
    internal bool IsKnownWhole { get; set; }

    /// <summary>Rows read: neither header nor blank lines.</summary>
    internal long Read { get; private set; }

    /// <summary>Rows set aside so far.</summary>
    internal long Quarantined => quarantine.Count;

    internal long Deduplicated { get; set; }

    internal long BlankLines { get; private set; }

    /// <summary>Fields of good rows that span lines.</summary>
    internal long MultilineFields { get; private set; }

    /// <summary>The line of the first row with such a field; null when there is none.</summary>
    internal long? FirstMultilineLine { get; private set; }

    /// <summary>Sums of SALES_VALUE; null for a table without it.</summary>
    internal SalesSums? Sales { get; } = SalesSums.For(table);

    /// <summary>Rows to be compared with what their key said first.</summary>
    internal List<RepeatedKey> Repeated { get; } = [];

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
    /// <exception cref="RejectedContentException">The whole file is refused.</exception>
    internal LoadStep Take(ReadOnlySpan<byte> data, bool isLast, out int taken)
    {
        taken = 0;
        if (!HasHeader && !TryTakeHeader(data, isLast, ref taken))
        {
            return LoadStep.NeedsData;
        }

        var lastLineFeed = data.LastIndexOf((byte)'\n');
        while (taken < data.Length)
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

        return LoadStep.NeedsData;
    }

    /// <summary>Gives back what was remembered of the rows.</summary>
    public void Dispose() => (_duplicates as IDisposable)?.Dispose();

    /// <summary>The file has ended: it must have had a header.</summary>
    internal void End()
    {
        if (!HasHeader)
        {
            throw RefusedRows.EmptyFile();
        }
    }

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

        Admit(data.Slice(taken, length));
        _line++;
        Advance(data, ref taken, length);
        return true;
    }

    private void Advance(ReadOnlySpan<byte> data, ref int taken, int length)
    {
        Offset += IsTranscoded ? Encoding.UTF8.GetCharCount(data.Slice(taken, length)) * sizeof(char) : length;
        taken += length;
    }

    /// <summary>The values of a row are stored: it is loaded unless they contradict each other, or its unit came before.</summary>
    private void Admit(ReadOnlySpan<byte> row)
    {
        Read++;
        var cents = _sales is null ? 0 : CountSales(_sales);
        if (_rules.Fault(_batch, _batch.Rows) is { } fault)
        {
            Sales?.Quarantined += cents;
            quarantine.Add(_line, Offset, fault, RowText.Show(row.TrimEnd("\r\n"u8)));
            return;
        }

        switch (_duplicates?.Judge(_batch, _batch.Rows) ?? Verdict.New)
        {
            case Verdict.New:
                _batch.Rows++;
                break;
            case Verdict.Repeat:
                Deduplicated++;
                Sales?.Deduplicated += cents;
                break;
            case Verdict.Conflict:
                Sales?.Quarantined += cents;
                quarantine.Add(_line, Offset, RowFaults.Conflict(table), RowText.Show(row.TrimEnd("\r\n"u8)));
                break;
            case Verdict.Undecided:
                Postpone(row);
                break;
            case Verdict.NoRoom:
                throw RefusedRows.TooManyKeys(_line, Offset);
        }
    }

    private long CountSales(Int32Buffer sales)
    {
        var cents = sales.Values[_batch.Rows];
        Sales?.Read += cents;
        return cents;
    }

    private void SetAside(RowFault fault, ReadOnlySpan<byte> row)
    {
        Read++;
        Sales?.Quarantine(_splitter, _columns);
        quarantine.Add(_line, Offset, fault, RowText.Show(row));
    }

    private void Postpone(ReadOnlySpan<byte> row)
    {
        if (Repeated.Count == MaxRepeatedKeys)
        {
            throw RefusedRows.TooManyRepeats(MaxRepeatedKeys, _line, Offset);
        }

        var columns = _dense ?? throw new InvalidOperationException("Only keys that are not kept with their rows are undecided.");
        Repeated.Add(new RepeatedKey(_line, Offset, RowText.Show(row.TrimEnd("\r\n"u8)), columns.Row(_batch, _batch.Rows)));
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
                _columns = columns ?? throw new RejectedContentException((rejection ?? throw new InvalidOperationException("A header is matched or refused.")) with { Line = _line, ByteOffset = Offset });
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
                throw RefusedRows.OpenQuote(_line, Offset);
            }

            SetAside(fault, row);
        }
        else
        {
            CountMultiline();
            Admit(row);
        }

        _line += _splitter.LineBreaks;
        return true;
    }

    private bool TrySplit(ReadOnlySpan<byte> data, bool isLast)
    {
        var isWhole = _splitter.TrySplit(data, isLast);
        if ((isWhole ? _splitter.RowLength : data.Length) > options.MaxRowBytes)
        {
            throw _splitter.QuoteIsOpen ? RefusedRows.OpenQuote(_line, Offset) : RefusedRows.TooLong(options.MaxRowBytes, _line, Offset);
        }

        return isWhole || !_splitter.QuoteIsOpen || !isLast ? isWhole : throw RefusedRows.OpenQuote(_line, Offset);
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
        _sales = Sales is null ? null : (Int32Buffer)_batch.Columns[Sales.Column];
        for (var index = 0; index < _slots.Length; index++)
        {
            _slots[index].Bind(_batch.Columns[_columns[index]]);
        }
    }
}
