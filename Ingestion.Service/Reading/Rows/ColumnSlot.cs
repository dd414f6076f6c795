using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

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
