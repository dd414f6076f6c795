using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>Recognises rows whose unit came before in the same file.</summary>
internal abstract class DuplicateCheck
{
    /// <summary>The check for a table; null where repeated rows are real rows.</summary>
    internal static DuplicateCheck? For(LakeTable table) => table switch
    {
        { Name: DatasetNames.Causal } => new CausalKeys(table),
        { Unit: ReplacementUnit.Key } => new KeyedRows(table),
        { Unit: ReplacementUnit.Row } => new RowSet(),
        _ => null,
    };

    /// <summary>Judges the row at <paramref name="row"/> of <paramref name="batch"/> and remembers it when it is new.</summary>
    internal abstract Verdict Judge(RowBatch batch, int row);

    /// <summary>A number column's value, or a code column's position in its list.</summary>
    private protected static long Number(ColumnBuffer column, int row) => column switch
    {
        Int32Buffer numbers => numbers.Values[row],
        Int64Buffer numbers => numbers.Values[row],
        CodeBuffer codes => codes.Values[row],
        _ => throw new ArgumentException("Free text has no number.", nameof(column)),
    };
}
