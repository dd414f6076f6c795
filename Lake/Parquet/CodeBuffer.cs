using System.Runtime.InteropServices;
using ParquetSharp;

namespace Dunnhumby.Lake.Parquet;

/// <summary>Texts of a short code list, one byte per row: the position in the list.</summary>
/// <param name="codes">At most 256 codes.</param>
public sealed class CodeBuffer(IReadOnlyList<string> codes) : ColumnBuffer
{
    private const int ChunkRows = 8_192;

    private readonly PinnedBytes _texts = PinnedBytes.Of(codes.Select(System.Text.Encoding.UTF8.GetBytes));
    private byte[] _values = [];
    private ByteArray[] _chunk = [];

    /// <summary>One position per row, up to what was reserved.</summary>
    public Span<byte> Values => _values;

    /// <inheritdoc />
    public override void Reserve(int rows)
    {
        if (rows > _values.Length)
        {
            Array.Resize(ref _values, rows);
        }
    }

    internal override void WriteTo(ColumnWriter writer, int rows)
    {
        var typed = (ColumnWriter<ByteArray>)writer;
        var texts = _texts.Slices;
        Array.Resize(ref _chunk, ChunkRows);
        for (var from = 0; from < rows; from += ChunkRows)
        {
            var values = _values.AsSpan(from, Math.Min(ChunkRows, rows - from));
            for (var row = 0; row < values.Length; row++)
            {
                _chunk[row] = texts[values[row]];
            }

            typed.WriteBatch(_chunk.AsSpan(0, values.Length));
        }

        _texts.KeepAlive();
    }
}

/// <summary>A few byte strings at addresses that do not move, as the Parquet encoder wants them.</summary>
internal sealed class PinnedBytes
{
    // Keeps the memory that the slices point into alive.
    private readonly byte[] _memory;

    private PinnedBytes(byte[] memory, ByteArray[] slices)
    {
        _memory = memory;
        Slices = slices;
    }

    internal ByteArray[] Slices { get; }

    internal static PinnedBytes Of(IEnumerable<byte[]> texts)
    {
        var all = texts.ToList();
        var memory = GC.AllocateUninitializedArray<byte>(Math.Max(1, all.Sum(text => text.Length)), pinned: true);
        var slices = new ByteArray[all.Count];
        var position = 0;
        for (var index = 0; index < all.Count; index++)
        {
            all[index].CopyTo(memory, position);
            slices[index] = new ByteArray(Marshal.UnsafeAddrOfPinnedArrayElement(memory, position), all[index].Length);
            position += all[index].Length;
        }

        return new PinnedBytes(memory, slices);
    }

    /// <summary>Must be called after the slices were used, so that the memory outlives them.</summary>
    internal void KeepAlive() => GC.KeepAlive(_memory);
}
