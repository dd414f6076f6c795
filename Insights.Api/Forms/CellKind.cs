using System.Data.Common;

namespace Dunnhumby.Insights.Api.Forms;

/// <summary>What the cells of a column hold.</summary>
internal enum CellKind
{
    Integer,
    Decimal,
    Flag,
    Text,
}

internal static class CellKindExtensions
{
    /// <summary>The kind of every column.</summary>
    /// <exception cref="NotSupportedException">A column has a type that derived tables do not use: its form would be left to chance.</exception>
    internal static CellKind[] CellKinds(this DbDataReader row) =>
    [
        .. Enumerable.Range(0, row.FieldCount).Select(column => Type.GetTypeCode(row.GetFieldType(column)) switch
        {
            TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => CellKind.Integer,
            TypeCode.Decimal => CellKind.Decimal,
            TypeCode.Boolean => CellKind.Flag,
            TypeCode.String => CellKind.Text,
            _ => throw new NotSupportedException($"Column {row.GetName(column)} has the type {row.GetDataTypeName(column)}."),
        }),
    ];
}
