using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Benchmarks.Readers;

/// <summary>Rows of a library's reader as typed columns: the checks of an upload, written as one would with such a library.</summary>
internal sealed class TypedRows
{
    private const int BatchRows = 1 << 16;
    private const int TextBytes = 1 << 24;

    private readonly LakeColumn?[] _columns;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>>?[] _codes;
    private readonly long[][] _numbers;
    private readonly byte[] _text = new byte[TextBytes];
    private readonly int _fields;
    private readonly int[] _key;
    private readonly HashSet<(long, long, long)> _keys = [];
    private int _row;
    private int _textLength;
    private long _right;
    private long _faulty;
    private bool _isRight;

    internal TypedRows(LakeTable table, IReadOnlyList<string> header)
    {
        _columns = [.. header.Select(name => table.Columns.FirstOrDefault(column => string.Equals(column.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)))];
        _codes = [.. _columns.Select(column => column?.Codes is { } codes
            ? codes.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>()
            : (HashSet<string>.AlternateLookup<ReadOnlySpan<char>>?)null)];
        _numbers = [.. _columns.Select(_ => new long[BatchRows])];
        _fields = _columns.Length;
        _key = table.Unit is ReplacementUnit.Key ? [.. table.UnitColumns.Select(name => Array.FindIndex(_columns, column => string.Equals(column?.Name, name, StringComparison.Ordinal)))] : [];
    }

    internal ReadRows Read => new(_right, _faulty);

    internal void Begin(int fields) => _isRight = fields == _fields;

    internal void Add(int field, ReadOnlySpan<char> text)
    {
        if (field >= _fields || _columns[field] is not { } column)
        {
            _isRight = false;
            return;
        }

        _isRight &= column.Kind switch
        {
            ColumnKind.Int32 or ColumnKind.Int64 => AddNumber(field, column, text.Trim()),
            ColumnKind.Money => AddMoney(field, column, text.Trim()),
            _ => AddText(field, column, text),
        };
    }

    /// <summary>The same from UTF-8.</summary>
    internal void Add(int field, ReadOnlySpan<byte> utf8)
    {
        if (field >= _fields || _columns[field] is not { } column)
        {
            _isRight = false;
            return;
        }

        _isRight &= column.Kind switch
        {
            ColumnKind.Int32 or ColumnKind.Int64 => AddNumber(field, column, utf8.Trim(" \t"u8)),
            ColumnKind.Money => AddMoney(field, column, utf8.Trim(" \t"u8)),
            _ => AddText(field, column, utf8),
        };
    }

    /// <summary>Ends the row. Of a key only the first row is taken; whether the others differ, as an upload asks, is left out.</summary>
    internal void End()
    {
        if (_isRight && _key.Length > 0)
        {
            _isRight = _keys.Add((At(0), At(1), At(2)));
        }

        _faulty += _isRight ? 0 : 1;
        _right += _isRight ? 1 : 0;
        if (_isRight && ++_row == BatchRows)
        {
            (_row, _textLength) = (0, 0);
        }
    }

    private long At(int part) => part < _key.Length ? _numbers[_key[part]][_row] : 0;

    private bool AddNumber(int field, LakeColumn column, ReadOnlySpan<char> text)
    {
        var isRight = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= column.Min && value <= column.Max && (!column.IsTimeOfDay || value % 100 < 60);
        _numbers[field][_row] = value;
        return isRight;
    }

    private bool AddNumber(int field, LakeColumn column, ReadOnlySpan<byte> utf8)
    {
        var isRight = long.TryParse(utf8, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= column.Min && value <= column.Max && (!column.IsTimeOfDay || value % 100 < 60);
        _numbers[field][_row] = value;
        return isRight;
    }

    private bool AddMoney(int field, LakeColumn column, ReadOnlySpan<byte> utf8) =>
        decimal.TryParse(utf8, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && AddMoney(field, column, value);

    private bool AddMoney(int field, LakeColumn column, ReadOnlySpan<char> text)
    {
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && AddMoney(field, column, value);
    }

    private bool AddMoney(int field, LakeColumn column, decimal value)
    {
        var cents = value * 100;
        if (cents != decimal.Truncate(cents) || cents < column.Min || cents > column.Max)
        {
            return false;
        }

        _numbers[field][_row] = (long)cents;
        return true;
    }

    private bool AddText(int field, LakeColumn column, ReadOnlySpan<char> text)
    {
        if (text.IsWhiteSpace())
        {
            return column.Nullable;
        }

        if (text.Length > column.MaxLength || _codes[field] is { } codes && !codes.Contains(text.Trim()))
        {
            return false;
        }

        if (_textLength + (4 * text.Length) > TextBytes)
        {
            _textLength = 0;
        }

        _textLength += Encoding.UTF8.GetBytes(text, _text.AsSpan(_textLength));
        _numbers[field][_row] = _textLength;
        return true;
    }

    private bool AddText(int field, LakeColumn column, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t"u8).IsEmpty)
        {
            return column.Nullable;
        }

        Span<char> code = stackalloc char[column.MaxLength];
        if (!Utf8.IsValid(utf8) || Encoding.UTF8.GetCharCount(utf8) > column.MaxLength
            || _codes[field] is { } codes && !codes.Contains(code[..Encoding.UTF8.GetChars(utf8, code)].Trim()))
        {
            return false;
        }

        if (_textLength + utf8.Length > TextBytes)
        {
            _textLength = 0;
        }

        utf8.CopyTo(_text.AsSpan(_textLength));
        _textLength += utf8.Length;
        _numbers[field][_row] = _textLength;
        return true;
    }
}
