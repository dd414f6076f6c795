using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Models;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>Makes a computed table in a schema of Postgres: columns, rows, primary key, indexes, statistics.</summary>
internal static class TableCopy
{
    private const int FlushAt = 1 << 16;

    /// <returns>The number of rows, and the columns in order.</returns>
    internal static async Task<(long Rows, IReadOnlyList<TableColumn> Columns)> CopyAsync(
        Model table,
        DuckDBConnection source,
        string schema,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(table, source, cancellationToken);
        await ExecuteAsync(
            $"create table {schema}.{table.Name} ({string.Join(", ", columns.Select(column => $"{column.Name} {column.PostgresType}"))})",
            connection,
            cancellationToken);
        var rows = await FillAsync(table, columns, source, $"copy {schema}.{table.Name} from stdin (format binary)", connection, cancellationToken);
        await ExecuteAsync(
            $"""
            alter table {schema}.{table.Name} add primary key ({string.Join(", ", table.Declaration.Key)});
            {string.Concat(table.Declaration.Indexes.Select(index => $"create index on {schema}.{table.Name} ({index});\n"))}
            analyze {schema}.{table.Name};
            """,
            connection,
            cancellationToken);
        return (rows, columns);
    }

    internal static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<TableColumn>> ColumnsAsync(Model table, DuckDBConnection source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand();
        command.CommandText = $"select column_name, data_type from duckdb_columns() where table_name = {SqlText.Literal(table.Name)} order by column_index";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<TableColumn> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(new TableColumn(reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private static async Task<long> FillAsync(
        Model table,
        IReadOnlyList<TableColumn> columns,
        DuckDBConnection source,
        string copy,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var areNarrow = await AreNarrowAsync(table, columns, source, cancellationToken);
        await using var command = source.CreateCommand();
        var selected = columns.Select(column => areNarrow && column.IsNarrow ? column.Unscaled : column.Name);
        command.CommandText = $"select {string.Join(", ", selected)} from {table.Name} order by {string.Join(", ", table.Declaration.Key)}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancellationToken);
        try
        {
            var buffer = new CopyBuffer();
            buffer.Header();
            long rows = 0;
            while (await reader.ReadAsync(cancellationToken))
            {
                rows++;
                Append(buffer, reader, columns, areNarrow);
                if (buffer.Written.Length >= FlushAt)
                {
                    await stream.WriteAsync(buffer.Written, cancellationToken);
                    buffer.Clear();
                }
            }

            buffer.Trailer();
            await stream.WriteAsync(buffer.Written, cancellationToken);
            return rows;
        }
        catch (DuckDBException)
        {
            // Otherwise the stream's end would pass for the table's.
            await stream.CancelAsync();
            throw;
        }
    }

    /// <summary>Whether every decimal of a narrow column may be read as a whole number.</summary>
    private static async Task<bool> AreNarrowAsync(
        Model table, IReadOnlyList<TableColumn> columns, DuckDBConnection source, CancellationToken cancellationToken)
    {
        var overflows = columns.Where(column => column.IsNarrow).Select(column => column.Overflows).DefaultIfEmpty("false");
        await using var command = source.CreateCommand();
        command.CommandText = $"select coalesce(bool_or({string.Join(" or ", overflows)}), false) from {table.Name}";
        return await command.ExecuteScalarAsync(cancellationToken) is false;
    }

    private static void Append(CopyBuffer buffer, DbDataReader reader, IReadOnlyList<TableColumn> columns, bool areNarrow)
    {
        buffer.Row(columns.Count);
        for (var field = 0; field < columns.Count; field++)
        {
            if (reader.IsDBNull(field))
            {
                buffer.Null();
                continue;
            }

            switch (columns[field].DuckType)
            {
                case "INTEGER":
                    buffer.Int32(reader.GetInt32(field));
                    break;
                case "BIGINT":
                    buffer.Int64(reader.GetInt64(field));
                    break;
                case "BOOLEAN":
                    buffer.Boolean(reader.GetBoolean(field));
                    break;
                case "VARCHAR":
                    buffer.Text(reader.GetString(field));
                    break;
                case var _ when areNarrow && columns[field].IsNarrow:
                    buffer.Numeric(reader.GetInt64(field), columns[field].Scale);
                    break;
                default:
                    buffer.Numeric(reader.GetDecimal(field), columns[field].Scale);
                    break;
            }
        }
    }
}

/// <summary>A column of a computed table, in DuckDB's words.</summary>
/// <param name="Name">As readers see it.</param>
/// <param name="DuckType">For example <c>DECIMAL(18,2)</c>.</param>
internal sealed record TableColumn(string Name, string DuckType)
{
    private const string DecimalPrefix = "DECIMAL(";

    /// <summary>Decimals of more digits are no 64-bit numbers in DuckDB.</summary>
    private const int DigitsOfInt64 = 18;

    /// <summary>Decimal places; 0 for other types.</summary>
    internal int Scale { get; } = DuckType.StartsWith(DecimalPrefix, StringComparison.Ordinal)
        ? int.Parse(DuckType.AsSpan(DuckType.IndexOf(',', StringComparison.Ordinal) + 1).TrimEnd(')'), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>The column's type in Postgres.</summary>
    /// <exception cref="NotSupportedException">A model has a column of a type that tables of a version do not have.</exception>
    internal string PostgresType => DuckType switch
    {
        "INTEGER" => "integer",
        "BIGINT" => "bigint",
        "BOOLEAN" => "boolean",
        "VARCHAR" => "text",
        _ when IsDecimal => $"numeric({DuckType[DecimalPrefix.Length..]}",
        _ => throw new NotSupportedException($"Column {Name} has the type {DuckType}: cast it in the model."),
    };

    internal bool IsDecimal => DuckType.StartsWith(DecimalPrefix, StringComparison.Ordinal);

    /// <summary>Whether a column of this type can be read as <see cref="Unscaled"/>.</summary>
    internal bool IsNarrow => IsDecimal
        && int.Parse(DuckType.AsSpan()[DecimalPrefix.Length..DuckType.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture) <= DigitsOfInt64;

    /// <summary>A condition that is true where <see cref="Unscaled"/> would leave its type: DuckDB multiplies decimals within their digits.</summary>
    internal string Overflows => $"abs({Name}) >= 1{new string('0', DigitsOfInt64 - (2 * Scale))}";

    /// <summary>The decimal as a whole number of its last place: read several times faster than a decimal.</summary>
    internal string Unscaled => $"({Name} * 1{new string('0', Scale)})::bigint";
}
