using ParquetSharp;

namespace Dunnhumby.Lake.Files.Columns;

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
