using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Takes rows that are plainly right in one pass over their bytes: no quotes, every field as its column wants it, no field too few or too many.
/// A row that is not is left to <see cref="RowSplitter"/>. Nearly every row of nearly every file goes this way.
/// </summary>
internal static unsafe class FastRows
{
    /// <summary>The number of bytes of the row at <paramref name="row"/>, its line end included; 0 when it is not taken.</summary>
    /// <param name="start">The row. There must be an LF at this position or later.</param>
    /// <param name="slots">In the order of the file's columns.</param>
    /// <param name="row">Where the values go.</param>
    internal static int Take(byte* start, ColumnSlot[] slots, int row)
    {
        var position = start;
        for (var column = 0; column < slots.Length; column++)
        {
            position = slots[column].TryStore(position, row);
            if (position is null)
            {
                return 0;
            }

            if (column < slots.Length - 1)
            {
                if (*position != ',')
                {
                    return 0;
                }

                position++;
            }
        }

        // A CR alone ends a row as well, but rarely enough to leave it to the thorough path.
        position += *position == '\r' ? 1 : 0;
        return *position == '\n' ? (int)(position - start) + 1 : 0;
    }
}

/// <summary>
/// Where the fields of one column of the file go. Each slot reads a field in two ways that give the same values: the fast one takes only text that
/// is plainly right, the thorough one says what is wrong with any other.
/// </summary>
internal abstract unsafe class ColumnSlot(LakeColumn column)
{
    internal LakeColumn Column { get; } = column;

    internal static ColumnSlot For(LakeColumn column) => column.Kind switch
    {
        ColumnKind.Int32 => new Int32Slot(column),
        ColumnKind.Int64 => new Int64Slot(column),
        ColumnKind.Money => new MoneySlot(column),
        ColumnKind.Text when column.Codes is { } codes => new CodeSlot(column, codes),
        ColumnKind.Text => new TextSlot(column),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Kind, "No such kind of column."),
    };

    /// <summary>From now on fields go into this buffer.</summary>
    internal abstract void Bind(ColumnBuffer buffer);

    /// <summary>
    /// Stores the unquoted field at <paramref name="field"/> and returns the position of its delimiter, or null when the field is not plainly right.
    /// There must be an LF at or behind <paramref name="field"/>: it ends every scan.
    /// </summary>
    internal abstract byte* TryStore(byte* field, int row);

    /// <summary>Stores the text of a field, or says what is wrong with it.</summary>
    internal abstract FieldFault? Store(ReadOnlySpan<byte> text, int row);
}
