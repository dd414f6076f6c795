using Dunnhumby.Lake.Tables;
using ParquetSharp;

namespace Dunnhumby.Lake.Parquet;

/// <summary>The values of one column of a row group, filled row by row and reused for the next group.</summary>
public abstract class ColumnBuffer
{
    /// <summary>The buffer for a column's kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of <see cref="ColumnKind"/>.</exception>
    public static ColumnBuffer For(LakeColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Kind switch
        {
            ColumnKind.Int32 or ColumnKind.Money => new Int32Buffer(),
            ColumnKind.Int64 => new Int64Buffer(),
            ColumnKind.Text when column.Codes is { } codes => new CodeBuffer(codes),
            ColumnKind.Text => new TextBuffer(),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column.Kind, "No such kind of column."),
        };
    }

    /// <summary>Makes room for <paramref name="rows"/> rows and keeps its content.</summary>
    public abstract void Reserve(int rows);

    /// <summary>Writes the first <paramref name="rows"/> rows as one column chunk.</summary>
    internal abstract void WriteTo(ColumnWriter writer, int rows);
}

/// <summary>32-bit numbers, or cents.</summary>
public sealed class Int32Buffer : ColumnBuffer
{
    private int[] _values = [];

    /// <summary>One element per row, up to what was reserved.</summary>
    public Span<int> Values => _values;

    /// <inheritdoc />
    public override void Reserve(int rows)
    {
        if (rows > _values.Length)
        {
            Array.Resize(ref _values, rows);
        }
    }

    internal override void WriteTo(ColumnWriter writer, int rows) => ((ColumnWriter<int>)writer).WriteBatch(_values.AsSpan(0, rows));
}

/// <summary>64-bit numbers.</summary>
public sealed class Int64Buffer : ColumnBuffer
{
    private long[] _values = [];

    /// <summary>One element per row, up to what was reserved.</summary>
    public Span<long> Values => _values;

    /// <inheritdoc />
    public override void Reserve(int rows)
    {
        if (rows > _values.Length)
        {
            Array.Resize(ref _values, rows);
        }
    }

    internal override void WriteTo(ColumnWriter writer, int rows) => ((ColumnWriter<long>)writer).WriteBatch(_values.AsSpan(0, rows));
}
