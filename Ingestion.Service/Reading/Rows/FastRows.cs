namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Takes rows that are plainly right in one pass over their bytes: no quotes, every field as its column wants it, no field too few or too many.
/// A row that is not is left to <see cref="RowSplitter"/>. Nearly every row of nearly every file goes this way.
/// </summary>
internal static unsafe class FastRows
{
    /// <summary>The number of bytes of the row at <paramref name="row"/>, its line end included; 0 when it is not taken.</summary>
    /// <param name="start">The row. An LF must be at or behind it.</param>
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
