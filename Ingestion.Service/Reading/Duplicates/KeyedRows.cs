using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

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
