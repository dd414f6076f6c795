using System.Text;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Free text keeps its content; blank text is null.</summary>
internal sealed unsafe class TextSlot(LakeColumn column) : ColumnSlot(column)
{
    private TextBuffer _buffer = new();

    internal override void Bind(ColumnBuffer buffer) => _buffer = (TextBuffer)buffer;

    internal override byte* TryStore(byte* field, int row)
    {
        var end = field;
        while (*end is not ((byte)',' or (byte)'\n' or (byte)'\r'))
        {
            if (*end is 0 or (byte)'"' or > 0x7F)
            {
                return null;
            }

            end++;
        }

        // ASCII only: one byte is one UTF-16 code unit.
        var text = new ReadOnlySpan<byte>(field, (int)(end - field));
        if (text.Length > Column.MaxLength)
        {
            return null;
        }

        return Put(text, row) ? end : null;
    }

    internal override FieldFault? Store(ReadOnlySpan<byte> text, int row)
    {
        var length = Encoding.UTF8.GetCharCount(text);
        if (length > Column.MaxLength)
        {
            return new FieldFault(Reasons.TextTooLong, $"must have at most {Column.MaxLength} characters, not {length}.");
        }

        return Put(text, row) ? null : new FieldFault(Reasons.MissingValue, "is empty: a value is needed here.");
    }

    /// <summary>False when the text is blank and must not be.</summary>
    private bool Put(ReadOnlySpan<byte> text, int row)
    {
        if (!IsBlank(text))
        {
            _buffer.Set(row, text);
            return true;
        }

        if (Column.Nullable)
        {
            _buffer.SetNull(row);
        }

        return Column.Nullable;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.Trim(" \t\n\r"u8).IsEmpty;
}
