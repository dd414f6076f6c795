using System.Runtime.InteropServices;
using ParquetSharp;

namespace Dunnhumby.Lake.Parquet;

/// <summary>UTF-8 texts, some of them null, back to back in one piece of memory.</summary>
public sealed class TextBuffer : ColumnBuffer
{
    private const int ChunkRows = 8_192;
    private const int FirstBytes = 64 * 1_024;

    // Pinned, since the encoder takes addresses; it is replaced as a whole when it grows.
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(FirstBytes, pinned: true);

    // How many bytes can be used without a thought.
    private int _enough = FirstBytes;

    // Where each row's text ends; it begins where the one before ends.
    private int[] _ends = [];
    private bool[] _nulls = [];
    private ByteArray[] _chunk = [];
    private short[] _levels = [];

    /// <summary>The texts take <see cref="RowBatch.MaxTextBytes"/>: no row should come after this one.</summary>
    internal Action? IsLarge { private get; set; }

    /// <summary>Sets the text of <paramref name="row"/>: the row after the last one set.</summary>
    public void Set(int row, ReadOnlySpan<byte> text)
    {
        var start = Start(row);
        if (start + text.Length > _enough)
        {
            MakeRoom(start, text.Length);
        }

        text.CopyTo(_bytes.AsSpan(start));
        _ends[row] = start + text.Length;
        _nulls[row] = false;
    }

    /// <summary>Sets <paramref name="row"/>, the row after the last one set, to null.</summary>
    public void SetNull(int row)
    {
        _ends[row] = Start(row);
        _nulls[row] = true;
    }

    /// <summary>The text of a row; empty for null.</summary>
    public ReadOnlySpan<byte> Text(int row) => _bytes.AsSpan(Start(row).._ends[row]);

    /// <inheritdoc />
    public override void Reserve(int rows)
    {
        if (rows > _ends.Length)
        {
            Array.Resize(ref _ends, rows);
            Array.Resize(ref _nulls, rows);
        }
    }

    internal override void WriteTo(ColumnWriter writer, int rows)
    {
        var typed = (ColumnWriter<ByteArray>)writer;
        Array.Resize(ref _chunk, ChunkRows);
        Array.Resize(ref _levels, ChunkRows);
        var memory = Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        for (var from = 0; from < rows; from += ChunkRows)
        {
            var count = Math.Min(ChunkRows, rows - from);
            var present = 0;
            for (var row = from; row < from + count; row++)
            {
                _levels[row - from] = _nulls[row] ? (short)0 : (short)1;
                if (!_nulls[row])
                {
                    _chunk[present++] = new ByteArray(memory + Start(row), _ends[row] - Start(row));
                }
            }

            typed.WriteBatch(count, _levels.AsSpan(0, count), [], _chunk.AsSpan(0, present));
        }
    }

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];

    private void MakeRoom(int used, int more)
    {
        if (used + more > RowBatch.MaxTextBytes)
        {
            IsLarge?.Invoke();
        }

        if (used + more > _bytes.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(Math.Min(_bytes.Length * 2, RowBatch.MaxTextBytes + FirstBytes), used + more), pinned: true);
            _bytes.AsSpan(0, used).CopyTo(larger);
            _bytes = larger;
            _enough = Math.Min(_bytes.Length, RowBatch.MaxTextBytes);
        }
    }
}
