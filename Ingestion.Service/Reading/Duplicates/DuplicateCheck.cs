using System.Buffers.Binary;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>Recognises rows whose unit came before in the same file.</summary>
internal abstract class DuplicateCheck
{
    /// <summary>The check for a table, by its declaration; null where repeated rows are real rows.</summary>
    internal static DuplicateCheck? For(LakeTable table) => table.Unit switch
    {
        ReplacementUnit.Key when DenseKeyColumns.Of(table) is { } columns => new DenseKeys(columns),
        ReplacementUnit.Key => new KeyedRows(table),
        ReplacementUnit.Row => new RowSet(table),
        _ => null,
    };

    /// <summary>Judges the row at <paramref name="row"/> of <paramref name="batch"/> and remembers it when it is new.</summary>
    internal abstract Verdict Judge(RowBatch batch, int row);

    /// <summary>A number column's value, or a code column's position in its list.</summary>
    internal static long Number(ColumnBuffer column, int row) => column switch
    {
        Int32Buffer numbers => numbers.Values[row],
        Int64Buffer numbers => numbers.Values[row],
        CodeBuffer codes => codes.Values[row],
        _ => throw new ArgumentException("Free text has no number.", nameof(column)),
    };
}

/// <summary>What a row is to the rows before it in the same file.</summary>
internal enum Verdict
{
    /// <summary>Its unit is new: the row is loaded.</summary>
    New,

    /// <summary>It says the same as the earlier row of its unit.</summary>
    Repeat,

    /// <summary>It says something else than the earlier row of its unit.</summary>
    Conflict,

    /// <summary>Its unit is known but not what it said: that is looked up in the written file at the end.</summary>
    Undecided,

    /// <summary>Its unit is new, and one more than can be remembered within bounded memory.</summary>
    NoRoom,

    /// <summary>Its unit is new, and too far from the others to be remembered within bounded memory.</summary>
    TooScattered,
}

/// <summary>For tables with a key of any columns and some ten thousand rows: keeps a hash of what each key said.</summary>
internal sealed class KeyedRows(LakeTable table) : DuplicateCheck, IDisposable
{
    /// <summary>Twenty times the products of the original; some 70 MB.</summary>
    internal const int MaxKeys = 2_000_000;

    private readonly RowKey _key = new(table, table.UnitPositions);
    private readonly RowContent _content = new([.. Enumerable.Range(0, table.Columns.Count)]);
    private readonly KeyTable _rows = new(MaxKeys, hasContent: true);

    internal override Verdict Judge(RowBatch batch, int row) => _rows.Judge(_key.Of(batch, row), _content.Hash(batch, row));

    public void Dispose() => _rows.Dispose();
}

/// <summary>For tables that are sets of rows.</summary>
internal sealed class RowSet(LakeTable table) : DuplicateCheck, IDisposable
{
    /// <summary>Sixteen times the largest of these tables in the original; some 35 MB.</summary>
    internal const int MaxRows = 2_000_000;

    private readonly RowKey _row = new(table, [.. Enumerable.Range(0, table.Columns.Count)]);
    private readonly KeyTable _rows = new(MaxRows, hasContent: false);

    internal override Verdict Judge(RowBatch batch, int row) => _rows.Judge(_row.Of(batch, row), content: 0);

    public void Dispose() => _rows.Dispose();
}

/// <summary>Some columns of a row as a number of 128 bits that no two rows share: the values themselves where they fit, otherwise a hash.</summary>
internal sealed class RowKey
{
    private const int MostBits = 128;

    private readonly (int Column, int Bits)[] _fields;
    private readonly RowContent? _content;

    /// <param name="table">Whose rows.</param>
    /// <param name="columns">Positions in the table.</param>
    internal RowKey(LakeTable table, IReadOnlyList<int> columns)
    {
        _fields = [.. columns.Select(column => (column, BitsOf(table.Columns[column])))];
        _content = _fields.Sum(field => field.Bits) > MostBits ? new RowContent(columns) : null;
    }

    internal UInt128 Of(RowBatch batch, int row)
    {
        if (_content is not null)
        {
            return _content.Hash(batch, row);
        }

        UInt128 key = 0;
        foreach (var (column, bits) in _fields)
        {
            key = (key << bits) | ((ulong)DuplicateCheck.Number(batch.Columns[column], row) & (ulong.MaxValue >> (64 - bits)));
        }

        return key;
    }

    private static int BitsOf(LakeColumn column) => column switch
    {
        { Codes: not null } => 8 * sizeof(byte),
        { Kind: ColumnKind.Int32 or ColumnKind.Money } => 8 * sizeof(int),
        { Kind: ColumnKind.Int64 } => 8 * sizeof(long),
        _ => MostBits + 1,
    };
}

/// <summary>What some columns of a row say, of whatever kinds and however many they are, as a number that no two rows share.</summary>
/// <param name="columns">Their positions in the table.</param>
internal sealed class RowContent(IReadOnlyList<int> columns)
{
    private readonly KeyedHash _hash = new();
    private byte[] _scratch = new byte[1_024];

    internal UInt128 Hash(RowBatch batch, int row) => _hash.Of(Bytes(batch, row));

    /// <summary>The values one after the other, texts with their length first, so that no two rows look alike. Null and empty text are the same.</summary>
    private ReadOnlySpan<byte> Bytes(RowBatch batch, int row)
    {
        var length = 0;
        foreach (var position in columns)
        {
            var column = batch.Columns[position];
            var text = column is TextBuffer texts ? texts.Text(row) : [];
            if (length + sizeof(long) + text.Length > _scratch.Length)
            {
                Array.Resize(ref _scratch, (_scratch.Length * 2) + text.Length);
            }

            BinaryPrimitives.WriteInt64LittleEndian(_scratch.AsSpan(length), column is TextBuffer ? text.Length : DuplicateCheck.Number(column, row));
            text.CopyTo(_scratch.AsSpan(length + sizeof(long)));
            length += sizeof(long) + text.Length;
        }

        return _scratch.AsSpan(0, length);
    }
}
