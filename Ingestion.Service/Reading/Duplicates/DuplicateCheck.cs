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
