using System.Globalization;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Reads a number field: an optional minus, ASCII digits, for money at most two decimals. No plus, exponent, grouping, hexadecimal or words: what
/// is not plainly a number is not guessed at.
/// </summary>
internal static class NumberText
{
    /// <summary>The value (cents for money), or what is wrong with the text.</summary>
    internal static FieldFault? Read(ReadOnlySpan<byte> text, LakeColumn column, out long value)
    {
        value = 0;
        var rest = text.Trim(RowText.Padding);
        if (rest.IsEmpty)
        {
            return new FieldFault(Reasons.MissingValue, "is empty: a value is needed here.");
        }

        var negative = rest[0] == '-';
        rest = negative ? rest[1..] : rest;
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var whole = digits < 0 ? rest : rest[..digits];
        var fraction = digits < 0 ? [] : rest[digits..];
        if (whole.IsEmpty)
        {
            return NotANumber(column);
        }

        if (column.Kind == ColumnKind.Money)
        {
            if (CentsFault(fraction, out var cents) is { } fault)
            {
                return fault;
            }

            return Finish(whole, cents, scale: 100, negative, column, out value);
        }

        return fraction.IsEmpty ? Finish(whole, 0, scale: 1, negative, column, out value) : NotANumber(column);
    }

    /// <summary>What is wrong with a value that is a number, if anything.</summary>
    internal static FieldFault? Check(long value, LakeColumn column)
    {
        const int HundredPerHour = 100;
        const int MinutesPerHour = 60;
        if (value < column.Min || value > column.Max)
        {
            return new FieldFault(Reasons.OutOfRange, $"must be from {Show(column.Min, column)} to {Show(column.Max, column)}.");
        }

        return column.IsTimeOfDay && value % HundredPerHour >= MinutesPerHour
            ? new FieldFault(Reasons.InvalidTime, "must be a time as HHMM, with minutes below 60.")
            : null;
    }

    private static FieldFault? CentsFault(ReadOnlySpan<byte> fraction, out int cents)
    {
        cents = 0;
        if (fraction.IsEmpty)
        {
            return null;
        }

        if (fraction[0] != '.' || fraction.Length == 1 || fraction[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return new FieldFault(Reasons.NotANumber, "must be an amount such as 12.34, with a point and nothing else.");
        }

        if (fraction.Length > 3)
        {
            return new FieldFault(Reasons.TooManyDecimals, "must have at most two decimals.");
        }

        cents = ((fraction[1] - '0') * 10) + (fraction.Length == 3 ? fraction[2] - '0' : 0);
        return null;
    }

    private static FieldFault? Finish(ReadOnlySpan<byte> whole, int cents, int scale, bool negative, LakeColumn column, out long value)
    {
        value = 0;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var units) || units > (long.MaxValue - cents) / scale)
        {
            return new FieldFault(Reasons.NumberTooLarge, $"must be from {Show(column.Min, column)} to {Show(column.Max, column)}.");
        }

        value = (units * scale) + cents;
        value = negative ? -value : value;
        var overflows = column.Kind == ColumnKind.Int32 && value is < int.MinValue or > int.MaxValue;
        return overflows
            ? new FieldFault(Reasons.NumberTooLarge, $"must be from {Show(column.Min, column)} to {Show(column.Max, column)}.")
            : Check(value, column);
    }

    private static FieldFault NotANumber(LakeColumn column) => new(
        Reasons.NotANumber,
        column.Kind == ColumnKind.Money ? "must be an amount such as 12.34." : "must be a whole number in digits 0 to 9.");

    private static string Show(long value, LakeColumn column) => column.Kind == ColumnKind.Money
        ? (value / 100m).ToString("0.00", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);
}
