using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Dunnhumby.Insights.Api.Forms;

/// <summary>A column of a table that is sent as Parquet: how it is declared, and the values of the row group that is being gathered. Every column may be null.</summary>
internal abstract class ParquetColumn(int ordinal, PrimitiveNode node)
{
    private const int MaxPrecisionOfInt64 = 18;

    internal PrimitiveNode Node => node;

    protected int Ordinal => ordinal;

    /// <summary>The columns of a result.</summary>
    /// <param name="row">The result.</param>
    /// <param name="decimals">Precision and scale of every decimal; null for those that the database declares.</param>
    /// <exception cref="NotSupportedException">A column has a type that derived tables do not use: its form would be left to chance.</exception>
    internal static ParquetColumn[] Of(DbDataReader row, (int Precision, int Scale)? decimals)
    {
        var kinds = row.CellKinds();
        var declared = decimals is null ? row.GetColumnSchema() : null;
        return [.. kinds.Select((kind, ordinal) => Of(kind, ordinal, row, decimals ?? Declared(declared?[ordinal])))];

        static (int Precision, int Scale)? Declared(DbColumn? column) => column is { NumericPrecision: { } precision, NumericScale: { } scale } ? (precision, scale) : null;
    }

    /// <summary>Adds the current row's value.</summary>
    internal abstract void Take(DbDataReader row);

    /// <summary>Writes the values gathered and forgets them.</summary>
    internal abstract void WriteTo(ColumnWriter writer);

    private static ParquetColumn Of(CellKind kind, int ordinal, DbDataReader row, (int Precision, int Scale)? decimals)
    {
        var name = row.GetName(ordinal);
        return kind switch
        {
            CellKind.Integer when row.GetFieldType(ordinal) == typeof(long) =>
                new Plain<long?>(ordinal, Declared(name, LogicalType.None(), PhysicalType.Int64), reader => reader.ValueOrNull<long>(ordinal)),
            CellKind.Integer => new Plain<int?>(ordinal, Declared(name, LogicalType.None(), PhysicalType.Int32), reader => reader.ValueOrNull<int>(ordinal)),
            CellKind.Flag => new Plain<bool?>(ordinal, Declared(name, LogicalType.None(), PhysicalType.Boolean), reader => reader.ValueOrNull<bool>(ordinal)),
            CellKind.Text => new Plain<string?>(
                ordinal, Declared(name, LogicalType.String(), PhysicalType.ByteArray), reader => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal)),
            _ => decimals is var (precision, scale)
                ? precision <= MaxPrecisionOfInt64 ? new Decimals(ordinal, name, precision, scale) : new WideDecimals(ordinal, name, precision, scale)
                : throw new NotSupportedException($"Column {name} is a number without precision."),
        };
    }

    private static PrimitiveNode Declared(string name, LogicalType type, PhysicalType physical, int bytes = -1) => new(name, Repetition.Optional, type, physical, bytes);

    /// <summary>Values that the library takes as they are.</summary>
    private sealed class Plain<T>(int ordinal, PrimitiveNode node, Func<DbDataReader, T> read) : ParquetColumn(ordinal, node)
    {
        private readonly List<T> _values = [];

        internal override void Take(DbDataReader row) => _values.Add(read(row));

        internal override void WriteTo(ColumnWriter writer)
        {
            using var logical = writer.LogicalWriter<T>();
            logical.WriteBatch(CollectionsMarshal.AsSpan(_values));
            _values.Clear();
        }
    }

    /// <summary>Decimals as whole numbers of their last place; the definition levels say which rows have one.</summary>
    private abstract class Scaled<T>(int ordinal, string name, int precision, int scale, PhysicalType physical, int bytes = -1)
        : ParquetColumn(ordinal, Declared(name, LogicalType.Decimal(precision, scale), physical, bytes))
        where T : unmanaged
    {
        /// <summary>How many of its last place make one.</summary>
        private readonly decimal _unit = decimal.Parse($"1E{scale}", NumberStyles.Float, CultureInfo.InvariantCulture);

        private readonly List<short> _levels = [];

        protected List<decimal> Values { get; } = [];

        internal override void Take(DbDataReader row)
        {
            var isNull = row.IsDBNull(Ordinal);
            _levels.Add(isNull ? (short)0 : (short)1);
            if (!isNull)
            {
                Values.Add(row.GetDecimal(Ordinal) * _unit);
            }
        }

        protected void Write(ColumnWriter writer, ReadOnlySpan<T> values)
        {
            ((ColumnWriter<T>)writer).WriteBatch(_levels.Count, CollectionsMarshal.AsSpan(_levels), repLevels: [], values);
            Values.Clear();
            _levels.Clear();
        }
    }

    private sealed class Decimals(int ordinal, string name, int precision, int scale) : Scaled<long>(ordinal, name, precision, scale, PhysicalType.Int64)
    {
        internal override void WriteTo(ColumnWriter writer) => Write(writer, [.. Values.Select(value => (long)value)]);
    }

    private sealed class WideDecimals(int ordinal, string name, int precision, int scale)
        : Scaled<FixedLenByteArray>(ordinal, name, precision, scale, PhysicalType.FixedLenByteArray, Bytes)
    {
        private const int Bytes = 16;

        internal override void WriteTo(ColumnWriter writer)
        {
            // The library gets the address of each value, so the bytes must not move meanwhile.
            var bytes = GC.AllocateUninitializedArray<byte>(Math.Max(1, Values.Count * Bytes), pinned: true);
            var values = new FixedLenByteArray[Values.Count];
            for (var index = 0; index < values.Length; index++)
            {
                BinaryPrimitives.WriteInt128BigEndian(bytes.AsSpan(index * Bytes), (Int128)Values[index]);
                values[index] = new FixedLenByteArray(Marshal.UnsafeAddrOfPinnedArrayElement(bytes, index * Bytes));
            }

            Write(writer, values);
            GC.KeepAlive(bytes);
        }
    }
}
