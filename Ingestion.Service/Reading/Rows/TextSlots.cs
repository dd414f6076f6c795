using System.Text;
using Dunnhumby.Lake.Parquet;
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

    /// <summary>Nearly every text begins with a letter: then the rest is not looked at.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> text) => (text.IsEmpty || text[0] <= ' ') && text.Trim(" \t\n\r"u8).IsEmpty;
}

internal sealed unsafe class CodeSlot : ColumnSlot
{
    private const int ShownCharacters = 20;
    private const byte None = byte.MaxValue;

    private readonly IReadOnlyList<string> _codes;
    private readonly byte[][] _texts;

    // The position of each code of one letter, by that letter.
    private readonly byte[] _byLetter = new byte[256];
    private CodeBuffer _buffer;

    internal CodeSlot(LakeColumn column, IReadOnlyList<string> codes)
        : base(column)
    {
        _codes = codes;
        _texts = [.. codes.Select(Encoding.UTF8.GetBytes)];
        _buffer = new CodeBuffer(codes);
        Array.Fill(_byLetter, None);
        for (var index = 0; index < _texts.Length; index++)
        {
            if (_texts[index] is [var letter])
            {
                _byLetter[letter] = (byte)index;
            }
        }
    }

    internal override void Bind(ColumnBuffer buffer) => _buffer = (CodeBuffer)buffer;

    internal override byte* TryStore(byte* field, int row)
    {
        var end = field + 1;
        var index = _byLetter[*field];
        if (index == None || *end is not ((byte)',' or (byte)'\n' or (byte)'\r'))
        {
            end = field;
            while (*end is not ((byte)',' or (byte)'\n' or (byte)'\r'))
            {
                end++;
            }

            index = Find(new ReadOnlySpan<byte>(field, (int)(end - field)));
        }

        if (index == None)
        {
            return null;
        }

        _buffer.Values[row] = index;
        return end;
    }

    internal override FieldFault? Store(ReadOnlySpan<byte> text, int row)
    {
        if (text.Trim(RowText.Padding).IsEmpty)
        {
            return new FieldFault(Reasons.MissingValue, $"is empty: it must be one of {string.Join(", ", _codes)}.");
        }

        var index = Find(text.Trim(RowText.Padding));
        if (index == None)
        {
            var shown = Encoding.UTF8.GetString(text);
            return new FieldFault(
                Reasons.UnknownCode,
                $"must be one of {string.Join(", ", _codes)}, not '{(shown.Length > ShownCharacters ? shown[..Cut(shown)] + "…" : shown)}'.");
        }

        _buffer.Values[row] = index;
        return null;
    }

    /// <summary>Where to cut a long text: never between the halves of a character.</summary>
    private static int Cut(string text) => char.IsHighSurrogate(text[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters;

    private byte Find(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < _texts.Length; index++)
        {
            if (text.SequenceEqual(_texts[index]))
            {
                return (byte)index;
            }
        }

        return None;
    }
}
