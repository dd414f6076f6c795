using System.Buffers.Text;
using System.Text;

namespace Dunnhumby.SampleData.Files;

/// <summary>Rows as UTF-8 bytes, in the original's way: commas, LF, no quotes, money without needless zeros.</summary>
internal sealed class CsvBuffer
{
    private const int LongestField = 64;
    private const byte LineFeed = (byte)'\n';

    private byte[] _bytes = new byte[64 * 1_024];
    private int _length;

    /// <summary>Rows written so far.</summary>
    internal int Rows { get; private set; }

    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    internal CsvBuffer Number(long value)
    {
        Utf8Formatter.TryFormat(value, Free(), out var written);
        _length += written;
        return Comma();
    }

    /// <summary>An amount: <c>1</c>, <c>0.5</c>, <c>-0.71</c>.</summary>
    internal CsvBuffer Money(int cents)
    {
        var free = Free();
        var at = 0;
        if (cents < 0)
        {
            free[at++] = (byte)'-';
            cents = -cents;
        }

        Utf8Formatter.TryFormat(cents / 100, free[at..], out var written);
        at += written;
        var fraction = cents % 100;
        if (fraction != 0)
        {
            free[at++] = (byte)'.';
            free[at++] = (byte)('0' + (fraction / 10));
            if (fraction % 10 != 0)
            {
                free[at++] = (byte)('0' + (fraction % 10));
            }
        }

        _length += at;
        return Comma();
    }

    internal CsvBuffer Text(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, Free(text.Length * 3));
        return Comma();
    }

    internal CsvBuffer Code(byte code)
    {
        Free()[0] = code;
        _length++;
        return Comma();
    }

    /// <summary>Puts a line end in the place of the last comma.</summary>
    internal void EndRow()
    {
        _bytes[_length - 1] = LineFeed;
        Rows++;
    }

    /// <summary>Bytes as they are, such as a bad row.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        _length += bytes.Length;
    }

    private CsvBuffer Comma()
    {
        _bytes[_length++] = (byte)',';
        return this;
    }

    private Span<byte> Free(int needed = 0)
    {
        if (_bytes.Length - _length < needed + LongestField)
        {
            Array.Resize(ref _bytes, (_bytes.Length * 2) + needed);
        }

        return _bytes.AsSpan(_length);
    }
}
