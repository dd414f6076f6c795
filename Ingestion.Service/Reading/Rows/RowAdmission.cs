using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Decides what becomes of each row that was read, and keeps count: it is loaded, set aside with its fault, left out as a repeat, or postponed until the whole
/// file is known. Read = loaded + quarantined + deduplicated + postponed.
/// </summary>
internal sealed class RowAdmission(LakeTable table, QuarantineSpool quarantine) : IDisposable
{
    private const int MaxRepeatedKeys = 500_000;

    private readonly DuplicateCheck? _duplicates = DuplicateCheck.For(table);
    private readonly DenseKeyColumns? _dense = DenseKeyColumns.Of(table);
    private readonly RowRules _rules = new(table);
    private Int32Buffer? _sales;

    /// <summary>Rows read: neither header nor blank lines.</summary>
    internal long Read { get; private set; }

    /// <summary>Rows set aside so far.</summary>
    internal long Quarantined => quarantine.Count;

    internal long Deduplicated { get; set; }

    /// <summary>Sums of SALES_VALUE; null for a table without it.</summary>
    internal SalesSums? Sales { get; } = SalesSums.For(table);

    /// <summary>Rows to be compared with what their key said first.</summary>
    internal RepeatedRows Repeated { get; } = new(quarantine.OpenFile);

    /// <summary>Rows are stored in this batch from now on.</summary>
    internal void Bind(RowBatch batch) => _sales = Sales is null ? null : (Int32Buffer)batch.Columns[Sales.Column];

    /// <summary>The values of a row are stored behind the batch's last row: it is loaded unless they contradict each other, or its unit came before.</summary>
    /// <param name="row">Its bytes, with or without the line end.</param>
    /// <returns>Why the whole file is refused: there are more keys than can be remembered. Null for nearly every row.</returns>
    internal Rejection? Admit(RowBatch batch, ReadOnlySpan<byte> row, long line, long offset)
    {
        Read++;
        var cents = _sales is null ? 0 : CountSales(_sales, batch.Rows);
        if (_rules.Fault(batch, batch.Rows) is { } fault)
        {
            Sales?.Quarantined += cents;
            quarantine.Add(line, offset, fault, Shown(row));
            return null;
        }

        switch (_duplicates?.Judge(batch, batch.Rows) ?? Verdict.New)
        {
            case Verdict.New:
                batch.Lines.Values[batch.Rows] = line;
                batch.Rows++;
                break;
            case Verdict.Repeat:
                Deduplicated++;
                Sales?.Deduplicated += cents;
                break;
            case Verdict.Conflict:
                Sales?.Quarantined += cents;
                quarantine.Add(line, offset, RowFaults.Conflict(table), Shown(row));
                break;
            case Verdict.Undecided:
                return Postpone(batch, row, line, offset);
            case Verdict.NoRoom:
                return RefusedRows.TooManyKeys(line, offset);
            case Verdict.TooScattered:
                return RefusedRows.TooScattered();
        }

        return null;
    }

    /// <summary>A row whose values are not stored, for its fault.</summary>
    /// <param name="columns">For each column of the file its position in the table.</param>
    internal void SetAside(RowFault fault, ReadOnlySpan<byte> row, RowSplitter split, int[] columns, long line, long offset)
    {
        Read++;
        Sales?.Quarantine(split, columns);
        quarantine.Add(line, offset, fault, RowText.Show(row));
    }

    /// <summary>Gives back what was remembered of the rows.</summary>
    public void Dispose()
    {
        (_duplicates as IDisposable)?.Dispose();
        Repeated.Dispose();
    }

    private static RawRow Shown(ReadOnlySpan<byte> row) => RowText.Show(row.TrimEnd("\r\n"u8));

    private long CountSales(Int32Buffer sales, int row)
    {
        var cents = sales.Values[row];
        Sales?.Read += cents;
        return cents;
    }

    private Rejection? Postpone(RowBatch batch, ReadOnlySpan<byte> row, long line, long offset)
    {
        if (Repeated.Count == MaxRepeatedKeys)
        {
            return RefusedRows.TooManyRepeats(MaxRepeatedKeys, line, offset);
        }

        var columns = _dense ?? throw new InvalidOperationException("Only keys that are not kept with their rows are undecided.");
        Repeated.Add(new RepeatedKey(line, offset, Shown(row), columns.Row(batch, batch.Rows)));
        return null;
    }
}

/// <summary>Checks the rules that a table declares for its rows, once the values of a row are stored.</summary>
internal sealed class RowRules(LakeTable table)
{
    private readonly (RowRule Rule, int Least, int Greatest)[] _rules =
        [.. table.Rules.Select(rule => (rule, Column(table, rule.Least), Column(table, rule.Greatest)))];

    /// <summary>The first rule that the batch's row breaks; null when it keeps all.</summary>
    internal RowFault? Fault(RowBatch batch, int row)
    {
        foreach (var (rule, least, greatest) in _rules)
        {
            var (low, high) = (((Int32Buffer)batch.Columns[least]).Values[row], ((Int32Buffer)batch.Columns[greatest]).Values[row]);
            if (low > high)
            {
                return new RowFault(rule.Reason, rule.Greatest, $"{rule.Greatest} must not be less than {rule.Least}, but {high} is less than {low}. Correct one of them.");
            }
        }

        return null;
    }

    private static int Column(LakeTable table, string header) =>
        table.Columns.Index().First(column => string.Equals(column.Item.Header, header, StringComparison.Ordinal)).Index;
}

/// <summary>
/// SALES_VALUE of the rows of one file in cents, summed where the reader meets them: apart from what is written, so that a row that is lost or doubled
/// between reading and writing shows.
/// </summary>
internal sealed class SalesSums
{
    private const string Header = "SALES_VALUE";

    /// <summary>A billion dollars: no line of a shop, and 90 million of them still fit into the sum.</summary>
    private const long ReadableCents = 100_000_000_000;

    /// <summary>Any plain amount, also one that the contract does not take.</summary>
    private static readonly LakeColumn Amount = new(Header, ColumnKind.Money) { Min = -ReadableCents, Max = ReadableCents };

    private SalesSums(int column) => Column = column;

    /// <summary>The column's position in the table.</summary>
    internal int Column { get; }

    /// <summary>Of every row whose amount could be read.</summary>
    internal long Read { get; set; }

    /// <summary>Of the rows set aside whose amount could be read.</summary>
    internal long Quarantined { get; set; }

    /// <summary>Of repeats counted once.</summary>
    internal long Deduplicated { get; set; }

    /// <summary>Rows set aside whose amount cannot be read.</summary>
    internal long UnreadableRows { get; private set; }

    /// <summary>Null for a table without the column.</summary>
    internal static SalesSums? For(LakeTable table)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (string.Equals(table.Columns[column].Header, Header, StringComparison.Ordinal))
            {
                return new SalesSums(column);
            }
        }

        return null;
    }

    /// <summary>Counts a row that is set aside.</summary>
    /// <param name="columns">For each column of the file its position in the table.</param>
    internal void Quarantine(RowSplitter row, int[] columns)
    {
        // With a field too few or too many, or quotes that do not close, no field is known to be where it belongs.
        var field = Array.IndexOf(columns, Column);
        if (row.Fields != columns.Length || row.QuoteFault is not null || NumberText.Read(row.Field(field), Amount, out var cents) is not null)
        {
            UnreadableRows++;
            return;
        }

        Read += cents;
        Quarantined += cents;
    }
}
