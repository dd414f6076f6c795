using Dunnhumby.Lake.Tables;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Dunnhumby.Lake.Files;

/// <summary>How a table's columns are declared in Parquet, so that DuckDB, Spark and Trino read them as they are.</summary>
internal static class ParquetSchema
{
    private const int MoneyPrecision = 9;
    private const int MoneyScale = 2;

    internal static GroupNode Of(LakeTable table) => new("schema", Repetition.Required, [.. table.Columns.Select(Node)]);

    private static PrimitiveNode Node(LakeColumn column)
    {
        var repetition = column.Nullable ? Repetition.Optional : Repetition.Required;
        return column.Kind switch
        {
            ColumnKind.Int32 => new PrimitiveNode(column.Name, repetition, LogicalType.None(), PhysicalType.Int32),
            ColumnKind.Int64 => new PrimitiveNode(column.Name, repetition, LogicalType.None(), PhysicalType.Int64),
            ColumnKind.Money => new PrimitiveNode(column.Name, repetition, LogicalType.Decimal(MoneyPrecision, MoneyScale), PhysicalType.Int32),
            ColumnKind.Text => new PrimitiveNode(column.Name, repetition, LogicalType.String(), PhysicalType.ByteArray),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column.Kind, "No such kind of column."),
        };
    }
}
