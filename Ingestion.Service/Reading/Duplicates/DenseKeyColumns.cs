using System.Runtime.InteropServices;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>
/// The columns of a table that <see cref="DenseKeys"/> can check: a key of three numbers, one of them with a small range, such as product, store and week, and
/// beside it nothing but codes.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="First">The position of a number of the key.</param>
/// <param name="Second">The position of the other one.</param>
/// <param name="Bounded">The position of that with the small range.</param>
/// <param name="Codes">The positions of the codes.</param>
internal sealed record DenseKeyColumns(LakeTable Table, int First, int Second, int Bounded, IReadOnlyList<int> Codes)
{
    /// <summary>Values of the bounded column are below this.</summary>
    internal const int Span = 128;

    private const int CodeSpan = 256;
    private const int MaxCodes = 7;

    /// <summary>Null when the table is not like that.</summary>
    internal static DenseKeyColumns? Of(LakeTable table)
    {
        var key = table.UnitPositions.ToList();
        var codes = Enumerable.Range(0, table.Columns.Count).Except(key).ToList();
        var bounded = key.FindLastIndex(column => table.Columns[column].Max < Span);
        var fits = table.Unit == ReplacementUnit.Key
            && key.Count == 3
            && key.TrueForAll(column => table.Columns[column] is { Kind: ColumnKind.Int32, Min: >= 0 })
            && bounded >= 0
            && codes.Count <= MaxCodes
            && codes.TrueForAll(column => table.Columns[column].Codes is not null);
        if (!fits)
        {
            return null;
        }

        var others = key.Where((_, index) => index != bounded).ToList();
        return new DenseKeyColumns(table, others[0], others[1], key[bounded], codes);
    }

    /// <summary>The key of a row, and what the row says packed into one number.</summary>
    internal DenseRow Row(RowBatch batch, int row)
    {
        int Number(int column) => ((Int32Buffer)batch.Columns[column]).Values[row];
        return new DenseRow((Number(First), Number(Second), Number(Bounded)), Codes.Aggregate(0L, (content, column) => Pack(content, ((CodeBuffer)batch.Columns[column]).Values[row])));
    }

    /// <summary>Adds a code, by its position in its list.</summary>
    internal static long Pack(long content, int code) => (content * CodeSpan) + code;
}

/// <summary>The key of a row, and what it says.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DenseRow((int First, int Second, int Bounded) Key, long Content);
