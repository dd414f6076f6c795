using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

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
