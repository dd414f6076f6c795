using ParquetSharp;

namespace Dunnhumby.Lake.Files.Columns;

/// <summary>64-bit numbers.</summary>
public sealed class Int64Buffer : ColumnBuffer
{
    private long[] _values = [];

    /// <summary>One element per row, up to what was reserved.</summary>
    public Span<long> Values => _values;

    /// <inheritdoc />
    public override void Reserve(int rows)
    {
        if (rows > _values.Length)
        {
            Array.Resize(ref _values, rows);
        }
    }

    internal override void WriteTo(ColumnWriter writer, int rows) => ((ColumnWriter<long>)writer).WriteBatch(_values.AsSpan(0, rows));
}
