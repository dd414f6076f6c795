using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Reads pages of rows, within the time that <see cref="InsightsOptions.RowsTimeout"/> allows.</summary>
internal sealed class RowQueries(NpgsqlDataSource database, IOptions<InsightsOptions> options)
{
    private const int MostTotals = 1_000;

    /// <summary>Paging asks for the totals of the same rows again and again, and a version's rows never change.</summary>
    private readonly ConditionalWeakTable<PublishedVersion, Remembered<string, TableTotals>> _totals = [];

    /// <summary>The page with its totals: one statement for each, and none for totals that are known.</summary>
    /// <exception cref="PostgresException">The version was removed meanwhile (undefined table), or it takes too long (query cancelled).</exception>
    internal async Task<PageOfRows> ReadAsync(PublishedVersion version, RowQuery query, CancellationToken cancellationToken)
    {
        List<object?[]> rows;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var batch = connection.CreateBatch(options.Value.RowsTimeout);
            Add(batch, parameters => query.PageSql(version.Schema, parameters));
            await using var reader = await batch.FirstResultAsync(cancellationToken);
            rows = await reader.ListAsync(Cells, cancellationToken);
        }

        var known = _totals.GetValue(version, static _ => new Remembered<string, TableTotals>(MostTotals));
        var totals = await known.GetAsync(query.Remainder, async _ => await TotalsAsync(version, query, cancellationToken));
        string? next = null;
        if (rows.Count > query.Limit)
        {
            rows.RemoveAt(query.Limit);
            next = NextOf(query, [.. query.Order.Columns.Select(column => rows[^1][IndexOf(query.Table, column)])]);
        }

        return new PageOfRows(
            [.. query.Table.Columns.Select(column => new PagedColumn(column.Name, column.Parameter, column.Type, column.About?.Description ?? "", column.About?.Unit, column.IsKey))],
            [.. rows.Select(row => AsObject(query.Table, row))],
            next,
            totals!); // Totals are always there.
    }

    /// <summary>Starts reading the page's rows, and says where the next page begins; null on the last one. The caller disposes what it gets.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    internal async Task<(TableRows Rows, string? Next)> OpenAsync(PublishedVersion version, RowQuery query, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = connection.CreateBatch(options.Value.RowsTimeout);
            Add(batch, parameters => query.LastSql(version.Schema, parameters));
            Add(batch, parameters => query.RowsSql(version.Schema, parameters));
            var reader = await batch.FirstResultAsync(cancellationToken);
            var places = await reader.ListAsync(Cells, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            return (new TableRows(connection, reader), places.Count > 1 ? NextOf(query, places[0]) : null);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<TableTotals?> TotalsAsync(PublishedVersion version, RowQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch(options.Value.RowsTimeout);
        Add(batch, parameters => query.TotalsSql(version.Schema, parameters));
        await using var reader = await batch.FirstResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        OrderedDictionary<string, decimal> sums = new(StringComparer.Ordinal);
        foreach (var (index, column) in query.Additive.Index())
        {
            // The sum of no rows is null for the database.
            sums.Add(column.Name, reader.ValueOrNull<decimal>(index + 1) ?? 0);
        }

        return new TableTotals(reader.GetInt64(0), sums);
    }

    private static void Add(NpgsqlBatch batch, Func<NpgsqlParameterCollection, string> sql)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = sql(command.Parameters);
        batch.BatchCommands.Add(command);
    }

    private static string NextOf(RowQuery query, object?[] values) => new TableCursor(values).Encode(query.Table, query.Order);

    private static int IndexOf(TableShape table, ShapeColumn column) => table.Columns.Index().First(indexed => indexed.Item == column).Index;

    private static object?[] Cells(NpgsqlDataReader row)
    {
        var cells = new object?[row.FieldCount];
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = row.IsDBNull(column) ? null : row.GetValue(column);
        }

        return cells;
    }

    private static JsonObject AsObject(TableShape table, object?[] row)
    {
        JsonObject members = [];
        foreach (var (column, cell) in table.Columns.Zip(row))
        {
            members.Add(column.Name, cell switch
            {
                null => null,
                short number => JsonValue.Create(number),
                int number => JsonValue.Create(number),
                long number => JsonValue.Create(number),
                decimal number => JsonValue.Create(number),
                bool flag => JsonValue.Create(flag),
                _ => JsonValue.Create((string)cell),
            });
        }

        return members;
    }
}
