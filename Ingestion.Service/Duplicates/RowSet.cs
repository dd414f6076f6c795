using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>For tables that are sets of rows: at most four columns of numbers or codes.</summary>
internal sealed class RowSet : DuplicateCheck
{
    /// <summary>Sixteen times the largest of these tables in the original; some 130 MB.</summary>
    internal const int MaxRows = 2_000_000;

    private readonly HashSet<(long, long, long, long)> _rows = [];

    internal override Verdict Judge(RowBatch batch, int row)
    {
        var columns = batch.Columns;
        var values = (Number(columns[0], row), Number(columns[1], row), Number(columns[2], row), columns.Count > 3 ? Number(columns[3], row) : 0);
        if (_rows.Count == MaxRows)
        {
            return _rows.Contains(values) ? Verdict.Repeat : Verdict.NoRoom;
        }

        return _rows.Add(values) ? Verdict.New : Verdict.Repeat;
    }
}
