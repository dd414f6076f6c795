using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Lake.Parquet;

/// <summary>
/// The rows of one row group, by column. Grows with its rows up to <see cref="MaxRows"/>, or until a column's texts take <see cref="MaxTextBytes"/>, then is
/// written and reused.
/// </summary>
public sealed class RowBatch
{
    /// <summary>Rows of a full row group: large enough to compress well and to be read in parallel, small enough to hold three of them in each of ten uploads at once.</summary>
    public const int MaxRows = 1 << 17;

    /// <summary>
    /// Bytes of text of one column in a row group, except for the row that exceeds them. The original's texts take a third of it in a full row group; the
    /// longest that are accepted would take 26 MB for each column.
    /// </summary>
    public const int MaxTextBytes = 4 << 20;

    private const int FirstRows = 1 << 12;
    private int _capacity;
    private int _limit = MaxRows;

    /// <summary>An empty batch for a table.</summary>
    public RowBatch(LakeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Columns = [.. table.Columns.Select(ColumnBuffer.For)];
        foreach (var texts in Columns.OfType<TextBuffer>())
        {
            texts.IsLarge = () => _limit = Rows + 1;
        }

        MakeRoom();
    }

    /// <summary>In the order of the table's columns.</summary>
    public IReadOnlyList<ColumnBuffer> Columns { get; }

    /// <summary>On which line of the file each row begins, from 1.</summary>
    public Int64Buffer Lines { get; } = new();

    /// <summary>How many rows are set.</summary>
    public int Rows { get; set; }

    /// <summary>How many rows fit before <see cref="MakeRoom"/> must be called.</summary>
    public int Capacity => _capacity;

    /// <summary>Whether the batch has to be written before more rows come.</summary>
    public bool IsFull => Rows >= _limit;

    /// <summary>Empties the batch for the next row group.</summary>
    public void Clear() => (Rows, _limit) = (0, MaxRows);

    /// <summary>Makes room for more rows, twice as many as now.</summary>
    public void MakeRoom()
    {
        _capacity = Math.Min(MaxRows, Math.Max(FirstRows, _capacity * 2));
        foreach (var column in Columns)
        {
            column.Reserve(_capacity);
        }

        Lines.Reserve(_capacity);
    }
}
