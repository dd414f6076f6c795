using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

internal sealed unsafe class Int32Slot(LakeColumn column) : ColumnSlot(column)
{
    private const int SafeDigits = 10;

    private readonly long _min = column.Min;
    private readonly long _max = column.Max;
    private readonly bool _isTime = column.IsTimeOfDay;
    private Int32Buffer _buffer = new();

    internal override void Bind(ColumnBuffer buffer) => _buffer = (Int32Buffer)buffer;

    internal override byte* TryStore(byte* field, int row)
    {
        var start = field;
        long value = 0;
        uint digit;
        while ((digit = (uint)(*field - '0')) <= 9)
        {
            value = (value * 10) + digit;
            field++;
        }

        var digits = field - start;
        if (digits is 0 or > SafeDigits || value < _min || value > _max || (_isTime && value % 100 >= 60))
        {
            return null;
        }

        _buffer.Values[row] = (int)value;
        return field;
    }

    internal override FieldFault? Store(ReadOnlySpan<byte> text, int row)
    {
        var fault = NumberText.Read(text, Column, out var value);
        if (fault is null)
        {
            _buffer.Values[row] = (int)value;
        }

        return fault;
    }
}

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

/// <summary>Amounts become whole cents without ever being a binary fraction.</summary>
internal sealed unsafe class MoneySlot(LakeColumn column) : ColumnSlot(column)
{
    private const int SafeDigits = 12;

    private readonly long _min = column.Min;
    private readonly long _max = column.Max;
    private Int32Buffer _buffer = new();

    internal override void Bind(ColumnBuffer buffer) => _buffer = (Int32Buffer)buffer;

    internal override byte* TryStore(byte* field, int row)
    {
        var negative = *field == '-';
        field += negative ? 1 : 0;
        var start = field;
        long cents = 0;
        uint digit;
        while ((digit = (uint)(*field - '0')) <= 9)
        {
            cents = (cents * 10) + digit;
            field++;
        }

        if (field - start is 0 or > SafeDigits)
        {
            return null;
        }

        cents *= 100;
        if (*field == '.')
        {
            var tenths = (uint)(field[1] - '0');
            if (tenths > 9)
            {
                return null;
            }

            var hundredths = (uint)(field[2] - '0');
            cents += (tenths * 10) + (hundredths <= 9 ? hundredths : 0);
            field += hundredths <= 9 ? 3 : 2;
        }

        cents = negative ? -cents : cents;
        if (cents < _min || cents > _max)
        {
            return null;
        }

        _buffer.Values[row] = (int)cents;
        return field;
    }

    internal override FieldFault? Store(ReadOnlySpan<byte> text, int row)
    {
        var fault = NumberText.Read(text, Column, out var cents);
        if (fault is null)
        {
            _buffer.Values[row] = (int)cents;
        }

        return fault;
    }
}
