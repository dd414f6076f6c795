using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Transform.Worker.Models;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>Copies rows of the warehouse to a table of a version.</summary>
internal static class TableCopy
{
    private const int FlushAt = 1 << 16;

    internal static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The columns of the computed tables, in order, by the table's name.</summary>
    internal static async Task<ILookup<string, TableColumn>> ColumnsAsync(DuckDBConnection source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand();
        command.CommandText = "select table_name, column_name, data_type from duckdb_columns() where database_name = current_database() and schema_name = 'main' order by column_index";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(string Table, TableColumn Column)> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add((reader.GetString(0), new TableColumn(reader.GetString(1), reader.GetString(2))));
        }

        return columns.ToLookup(column => column.Table, column => column.Column, StringComparer.Ordinal);
    }

    /// <summary>Copies rows; from <paramref name="version"/> on they are a part of the table.</summary>
    /// <param name="table">What they are rows of.</param>
    /// <param name="columns">Those of the table.</param>
    /// <param name="rows">The warehouse's table that has them.</param>
    /// <param name="isLittle">Whether to look through them for faster ways to read them takes longer than to read them.</param>
    /// <param name="source">The connection that sees it.</param>
    /// <param name="schema">Where the table's rows are in Postgres.</param>
    /// <param name="version">The new version.</param>
    /// <param name="connection">With the transaction that publishes.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>Their number.</returns>
    internal static async Task<long> FillAsync(
        Model table,
        IReadOnlyList<TableColumn> columns,
        string rows,
        bool isLittle,
        DuckDBConnection source,
        string schema,
        int version,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var copy = $"copy {RowsTable.NameOf(schema, table.Name)} ({string.Join(", ", columns.Select(column => column.Name))}, {RowsTable.From}) from stdin (format binary)";
        var areNarrow = !isLittle && await AreNarrowAsync(rows, columns, source, cancellationToken);
        await using var command = source.CreateCommand();
        var selected = columns.Select(column => areNarrow && column.IsNarrow ? column.Unscaled : column.Name);
        command.CommandText = $"select {string.Join(", ", selected)} from {rows} order by {string.Join(", ", table.Declaration.Key)}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancellationToken);
        try
        {
            var buffer = new CopyBuffer();
            buffer.Header();
            long count = 0;
            while (await reader.ReadAsync(cancellationToken))
            {
                count++;
                Append(buffer, reader, columns, areNarrow);
                buffer.Int32(version);
                if (buffer.Written.Length >= FlushAt)
                {
                    await stream.WriteAsync(buffer.Written, cancellationToken);
                    buffer.Clear();
                }
            }

            buffer.Trailer();
            await stream.WriteAsync(buffer.Written, cancellationToken);
            return count;
        }
        catch (DuckDBException)
        {
            // Otherwise the stream's end would pass for the table's.
            await stream.CancelAsync();
            throw;
        }
    }

    /// <summary>Ends the rows of the given keys: from <paramref name="version"/> on they are no part of the table.</summary>
    /// <returns>How many were ended, and how many keys there are.</returns>
    internal static async Task<(long Rows, long Expected)> EndAsync(
        Model table,
        IReadOnlyList<TableColumn> columns,
        string keys,
        DuckDBConnection source,
        string schema,
        int version,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var key = table.Declaration.Key.Select(name => columns.Single(column => string.Equals(column.Name, name, StringComparison.Ordinal))).ToList();
        await using var select = source.CreateCommand();
        select.CommandText = $"select {string.Join(", ", table.Declaration.Key)} from {keys}";
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var values = key.Select(_ => new List<object>()).ToList();
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var (field, list) in values.Index())
            {
                list.Add(reader.GetValue(field));
            }
        }

        await using var end = new NpgsqlCommand(RowsTable.End(table, key, schema, version), connection);
        foreach (var (column, list) in key.Zip(values))
        {
            end.Parameters.AddWithValue(column.ArrayOf(list));
        }

        return (values[0].Count == 0 ? 0 : await end.ExecuteNonQueryAsync(cancellationToken), values[0].Count);
    }

    /// <summary>Whether every decimal of a narrow column may be read as a whole number.</summary>
    private static async Task<bool> AreNarrowAsync(
        string rows, IReadOnlyList<TableColumn> columns, DuckDBConnection source, CancellationToken cancellationToken)
    {
        var overflows = columns.Where(column => column.IsNarrow).Select(column => column.Overflows).DefaultIfEmpty("false");
        await using var command = source.CreateCommand();
        command.CommandText = $"select coalesce(bool_or({string.Join(" or ", overflows)}), false) from {rows}";
        return await command.ExecuteScalarAsync(cancellationToken) is false;
    }

    private static void Append(CopyBuffer buffer, DbDataReader reader, IReadOnlyList<TableColumn> columns, bool areNarrow)
    {
        buffer.Row(columns.Count + 1);
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

    /// <summary>Values as an array that a parameter takes; only of types that keys have.</summary>
    internal Array ArrayOf(IEnumerable<object> values) => DuckType switch
    {
        "INTEGER" => values.Cast<int>().ToArray(),
        "BIGINT" => values.Cast<long>().ToArray(),
        "VARCHAR" => values.Cast<string>().ToArray(),
        _ => throw new NotSupportedException($"Column {Name} of the type {DuckType} cannot be in a key."),
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
