using ParquetSharp;

namespace Dunnhumby.Lake.Files.Columns;

/// <summary>32-bit numbers, or cents.</summary>
public sealed class Int32Buffer : ColumnBuffer
{
    private int[] _values = [];

    /// <summary>One element per row, up to what was reserved.</summary>
    public Span<int> Values => _values;

    /// <inheritdoc />
    public override void Reserve(int rows)
    {
        if (rows > _values.Length)
        {
            Array.Resize(ref _values, rows);
        }
    }

    internal override void WriteTo(ColumnWriter writer, int rows) => ((ColumnWriter<int>)writer).WriteBatch(_values.AsSpan(0, rows));
}
