using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Rows in the format of Postgres's binary COPY: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4.
/// Written by hand because a value at a time through a driver costs several times as much.
/// </summary>
internal sealed class CopyBuffer
{
    private const int DigitsPerGroup = 4;
    private const int GroupBase = 10_000;
    private const int MaxGroups = 10;
    private const int ScaleShift = 16;
    private const short NegativeSign = 0x4000;

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 17);

    internal ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    internal void Clear() => _bytes.ResetWrittenCount();

    internal void Header()
    {
        _bytes.Write("PGCOPY\n"u8);
        _bytes.Write<byte>([0xFF, 0x0D, 0x0A, 0x00]);
        Int32Raw(0);
        Int32Raw(0);
    }

    internal void Trailer() => Int16Raw(-1);

    internal void Row(int fields) => Int16Raw((short)fields);

    internal void Null() => Int32Raw(-1);

    internal void Boolean(bool value)
    {
        Int32Raw(sizeof(byte));
        _bytes.Write<byte>([value ? (byte)1 : (byte)0]);
    }

    internal void Int32(int value)
    {
        Int32Raw(sizeof(int));
        Int32Raw(value);
    }

    internal void Int64(long value)
    {
        Int32Raw(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    internal void Text(string value)
    {
        Int32Raw(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    /// <summary>A numeric: groups of four decimal digits, the weight of the first one, sign and scale.</summary>
    /// <param name="unscaled">The value times ten to the power of <paramref name="scale"/>.</param>
    /// <param name="scale">Decimal places, 0 to 6.</param>
    internal void Numeric(long unscaled, int scale) => Numeric((Int128)unscaled, scale);

    /// <summary>The same of a decimal that has at most <paramref name="scale"/> places.</summary>
    internal void Numeric(decimal value, int scale)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var unscaled = (Int128)new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (var place = (parts[3] >> ScaleShift) & byte.MaxValue; place < scale; place++)
        {
            unscaled *= 10;
        }

        Numeric(decimal.IsNegative(value) ? -unscaled : unscaled, scale);
    }

    private void Numeric(Int128 unscaled, int scale)
    {
        Span<short> groups = stackalloc short[MaxGroups];
        var count = Groups(unscaled, scale, groups, out var weight);
        Int32Raw((4 + count) * sizeof(short));
        Int16Raw((short)count);
        Int16Raw((short)weight);
        Int16Raw(unscaled < 0 ? NegativeSign : (short)0);
        Int16Raw((short)scale);
        foreach (var group in groups[..count])
        {
            Int16Raw(group);
        }
    }

    /// <summary>Fills in the groups from the first to the last that is not zero.</summary>
    private static int Groups(Int128 unscaled, int scale, Span<short> groups, out int weight)
    {
        // The fraction is filled up to whole groups; Int128 has room for that.
        var fractionGroups = (scale + DigitsPerGroup - 1) / DigitsPerGroup;
        var rest = Int128.Abs(unscaled);
        for (var place = scale; place < fractionGroups * DigitsPerGroup; place++)
        {
            rest *= 10;
        }

        var last = groups.Length;
        var first = groups.Length;
        for (; rest > 0; rest /= GroupBase)
        {
            groups[--first] = (short)(rest % GroupBase);
        }

        weight = last - first - 1 - fractionGroups;
        while (last > first && groups[last - 1] == 0)
        {
            last--;
        }

        groups[first..last].CopyTo(groups);
        if (last == first)
        {
            weight = 0;
        }

        return last - first;
    }

    private void Int16Raw(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(sizeof(short)), value);
        _bytes.Advance(sizeof(short));
    }

    private void Int32Raw(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }
}
