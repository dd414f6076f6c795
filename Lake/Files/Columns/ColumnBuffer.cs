using Dunnhumby.Lake.Tables;
using ParquetSharp;

namespace Dunnhumby.Lake.Files.Columns;

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

    /// <summary>Makes room for <paramref name="rows"/> rows and keeps what is there.</summary>
    public abstract void Reserve(int rows);

    /// <summary>Writes the first <paramref name="rows"/> rows as one column chunk.</summary>
    internal abstract void WriteTo(ColumnWriter writer, int rows);
}
