using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

internal sealed unsafe class Int64Slot(LakeColumn column) : ColumnSlot(column)
{
    private const int SafeDigits = 18;

    private readonly long _min = column.Min;
    private readonly long _max = column.Max;
    private Int64Buffer _buffer = new();

    internal override void Bind(ColumnBuffer buffer) => _buffer = (Int64Buffer)buffer;

    internal override byte* TryStore(byte* field, int row)
    {
        var start = field;
        long value = 0;
        uint digit;
        while ((digit = (uint)(*field - '0')) <= 9)
        {
            // Wraps around on absurdly long runs of digits, which the count below refuses.
            value = unchecked((value * 10) + digit);
            field++;
        }

        var digits = field - start;
        if (digits is 0 or > SafeDigits || value < _min || value > _max)
        {
            return null;
        }

        _buffer.Values[row] = value;
        return field;
    }

    internal override FieldFault? Store(ReadOnlySpan<byte> text, int row)
    {
        var fault = NumberText.Read(text, Column, out var value);
        if (fault is null)
        {
            _buffer.Values[row] = value;
        }

        return fault;
    }
}
