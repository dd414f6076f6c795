using System.Buffers.Binary;
using System.Security.Cryptography;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
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
internal sealed class KeyedRows : DuplicateCheck
{
    /// <summary>Twenty times the products of the original; some 100 MB, and half as much again when the key is not one number.</summary>
    internal const int MaxKeys = 2_000_000;

    private readonly RowContent _content;
    private readonly RowContent _key;

    // The position of a key that is one number, which needs no hash; null for any other key.
    private readonly int? _number;
    private readonly Dictionary<long, UInt128> _byNumber = [];
    private readonly Dictionary<UInt128, UInt128> _byHash = [];

    internal KeyedRows(LakeTable table)
    {
        var key = table.UnitPositions;
        _content = new RowContent([.. Enumerable.Range(0, table.Columns.Count)]);
        _key = new RowContent(key);
        _number = key is [var only] && table.Columns[only] is not { Kind: ColumnKind.Text, Codes: null } ? only : null;
    }

    internal override Verdict Judge(RowBatch batch, int row)
    {
        var content = _content.Hash(batch, row);
        return _number is { } column ? Judge(_byNumber, Number(batch.Columns[column], row), content) : Judge(_byHash, _key.Hash(batch, row), content);
    }

    private static Verdict Judge<TKey>(Dictionary<TKey, UInt128> rows, TKey key, UInt128 content)
        where TKey : struct
    {
        if (rows.TryGetValue(key, out var earlier))
        {
            return content == earlier ? Verdict.Repeat : Verdict.Conflict;
        }

        if (rows.Count == MaxKeys)
        {
            return Verdict.NoRoom;
        }

        rows.Add(key, content);
        return Verdict.New;
    }
}

/// <summary>For tables that are sets of rows. Up to four columns of numbers or codes are kept as they are, anything else as a hash.</summary>
internal sealed class RowSet : DuplicateCheck
{
    /// <summary>Sixteen times the largest of these tables in the original; some 130 MB.</summary>
    internal const int MaxRows = 2_000_000;

    private const int Narrow = 4;

    private readonly int _columns;
    private readonly RowContent? _content;
    private readonly HashSet<(long, long, long, long)> _rows = [];
    private readonly HashSet<UInt128> _hashes = [];

    internal RowSet(LakeTable table)
    {
        _columns = table.Columns.Count;
        var isNarrow = _columns <= Narrow && !table.Columns.Any(column => column is { Kind: ColumnKind.Text, Codes: null });
        _content = isNarrow ? null : new RowContent([.. Enumerable.Range(0, _columns)]);
    }

    internal override Verdict Judge(RowBatch batch, int row) => _content is null
        ? Judge(_rows, (Value(batch, 0, row), Value(batch, 1, row), Value(batch, 2, row), Value(batch, 3, row)))
        : Judge(_hashes, _content.Hash(batch, row));

    private static Verdict Judge<T>(HashSet<T> known, T row)
    {
        if (known.Count == MaxRows)
        {
            return known.Contains(row) ? Verdict.Repeat : Verdict.NoRoom;
        }

        return known.Add(row) ? Verdict.New : Verdict.Repeat;
    }

    private long Value(RowBatch batch, int column, int row) => column < _columns ? Number(batch.Columns[column], row) : 0;
}

/// <summary>What some columns of a row say, of whatever kinds and however many they are, as a number that no two rows share.</summary>
/// <param name="columns">Their positions in the table.</param>
internal sealed class RowContent(IReadOnlyList<int> columns)
{
    private byte[] _scratch = new byte[1_024];

    /// <summary>Half of the SHA-256: nobody can write two rows that look alike.</summary>
    internal UInt128 Hash(RowBatch batch, int row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Bytes(batch, row), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

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
