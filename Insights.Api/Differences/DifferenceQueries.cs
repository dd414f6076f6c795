using System.Data;
using System.Globalization;
using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Insights.Api.Differences;

/// <summary>Compares two versions, within the time that <see cref="InsightsOptions.DifferenceTimeout"/> allows.</summary>
internal sealed class DifferenceQueries(NpgsqlDataSource database, IOptions<InsightsOptions> options, TimeProvider time)
{
    internal const string SegmentTable = "household_summary";

    private const int MostKnown = 100;

    /// <summary>Versions do not change, and neither do their differences.</summary>
    private readonly Remembered<(int From, int To), VersionDifference> _known = new(MostKnown);

    /// <summary>How many rows of each table differ.</summary>
    /// <exception cref="PostgresException">A version was removed meanwhile (undefined table), or it takes too long (query cancelled).</exception>
    internal async Task<VersionDifference> CompareAsync(int from, int to, CancellationToken cancellationToken) =>
        (await _known.GetAsync((from, to), async _ => await ReadAsync(from, to, cancellationToken)))!; // A difference is always there.

    private async Task<VersionDifference?> ReadAsync(int from, int to, CancellationToken cancellationToken)
    {
        await using var bounded = await BoundedAsync(cancellationToken);
        List<TableDifference> tables = [];
        foreach (var pair in await PairsAsync(bounded, from, to, cancellationToken))
        {
            tables.Add(await CountAsync(bounded, pair, cancellationToken));
        }

        return new VersionDifference(from, to, tables);
    }

    /// <summary>The table in both versions; null when neither has it.</summary>
    internal async Task<TablePair?> FindAsync(int from, int to, string table, CancellationToken cancellationToken)
    {
        await using var bounded = await BoundedAsync(cancellationToken);
        return (await PairsAsync(bounded, from, to, cancellationToken)).SingleOrDefault(pair => string.Equals(pair.Name, table, StringComparison.Ordinal));
    }

    /// <summary>The page of rows that differ which follows the key <paramref name="after"/>, or the first one.</summary>
    /// <inheritdoc cref="CompareAsync"/>
    internal async Task<Page<RowDifference>> RowsAsync(TablePair pair, RowCursor? after, int size, CancellationToken cancellationToken)
    {
        await using var bounded = await BoundedAsync(cancellationToken);
        await using var command = await bounded.CommandAsync(cancellationToken);
        var key = TablePair.Quoted(pair.Key[0].Name);
        command.CommandText =
            $"""
            {pair.Sides(after is null ? "true" : after.Condition(pair.Key, command.Parameters))}
            select case when old_rows.{key} is null then 'added' when new_rows.{key} is null then 'removed' else 'changed' end as kind,
                to_jsonb(old_rows)::text as before, to_jsonb(new_rows)::text as after
            from old_rows full join new_rows using ({pair.KeyList})
            where old_rows.{key} is null or new_rows.{key} is null or {pair.IsChanged}
            order by {pair.KeyList}
            limit {size + 1}
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = await reader.ListAsync(row => RowReader.Read(pair, row.Value<string>("kind"), row.TextOrNull("before"), row.TextOrNull("after")), cancellationToken);
        return rows.Count <= size
            ? new Page<RowDifference>(rows, Next: null)
            : new Page<RowDifference>([.. rows.Take(size)], RowCursor.Of(pair.Key, rows[size - 1]).Encode());
    }

    /// <summary>Households in another segment, and how many went from where to where.</summary>
    /// <param name="move">Only households of this move; null for all.</param>
    /// <inheritdoc cref="CompareAsync"/>
    internal async Task<SegmentDifference> SegmentsAsync(TablePair pair, (int? From, int? To) move, int after, int size, CancellationToken cancellationToken)
    {
        const string Changed = $"from old_rows join new_rows using (household_key) where old_rows.{TablePair.Segment} <> new_rows.{TablePair.Segment}";
        await using var bounded = await BoundedAsync(cancellationToken);
        await using var count = await bounded.CommandAsync(cancellationToken);
        count.CommandText = $"{pair.Sides()} select old_rows.{TablePair.Segment} as was, new_rows.{TablePair.Segment} as became, count(*) as households {Changed} group by 1, 2 order by 1, 2";
        List<SegmentMove> moves;
        await using (var reader = await count.ExecuteReaderAsync(cancellationToken))
        {
            moves = await reader.ListAsync(row => new SegmentMove(row.Value<int>("was"), row.Value<int>("became"), row.Value<long>("households")), cancellationToken);
        }

        await using var list = await bounded.CommandAsync(cancellationToken);
        list.CommandText =
            $"""
            {pair.Sides("household_key > $1")}
            select household_key, old_rows.{TablePair.Segment} as was, new_rows.{TablePair.Segment} as became {Changed}
                and ($2 is null or old_rows.{TablePair.Segment} = $2) and ($3 is null or new_rows.{TablePair.Segment} = $3)
            order by household_key
            limit $4
            """;
        list.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after });
        list.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = move.From });
        list.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = move.To });
        list.Parameters.Add(new NpgsqlParameter<int> { TypedValue = size + 1 });
        await using var listed = await list.ExecuteReaderAsync(cancellationToken);
        var changes = await listed.ListAsync(row => new SegmentChange(row.Value<int>("household_key"), row.Value<int>("was"), row.Value<int>("became")), cancellationToken);
        return changes.Count <= size
            ? new SegmentDifference(moves, changes, Next: null)
            : new SegmentDifference(moves, [.. changes.Take(size)], changes[size - 1].HouseholdKey.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<IReadOnlyList<TablePair>> PairsAsync(BoundedReading bounded, int from, int to, CancellationToken cancellationToken)
    {
        var tables = await ComparedTable.ListAsync(bounded.Connection, from, to, cancellationToken);
        return [.. tables.Select(table => table.Name).Distinct(StringComparer.Ordinal).Select(name => new TablePair(Of(from, name), Of(to, name)))];

        ComparedTable? Of(int version, string name) => tables.FirstOrDefault(table => table.Version == version && string.Equals(table.Name, name, StringComparison.Ordinal));
    }

    private static async Task<TableDifference> CountAsync(BoundedReading bounded, TablePair pair, CancellationToken cancellationToken)
    {
        var difference = new TableDifference(pair.Name, TableSubjects.Of(pair.Name), [.. pair.Key.Select(column => column.Name)], Added: 0, Removed: 0, Changed: 0)
        {
            ColumnsAdded = pair.ColumnsAdded,
            ColumnsRemoved = pair.ColumnsRemoved,
            Remark = pair.Before is null ? "The former version is without this table." : pair.After is null ? "The later version is without this table." : null,
        };
        if (pair.IsSame)
        {
            return difference;
        }

        if (pair.Obstacle is { } obstacle)
        {
            return difference with { Key = [], Added = null, Removed = null, Changed = null, Remark = obstacle };
        }

        var key = TablePair.Quoted(pair.Key[0].Name);
        await using var command = await bounded.CommandAsync(cancellationToken);
        command.CommandText =
            $"""
            {pair.Sides()}
            select count(*) filter (where old_rows.{key} is null) as added, count(*) filter (where new_rows.{key} is null) as removed,
                count(*) filter (where old_rows.{key} is not null and new_rows.{key} is not null and {pair.IsChanged}) as changed
            from old_rows full join new_rows using ({pair.KeyList})
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return difference with { Added = reader.Value<long>("added"), Removed = reader.Value<long>("removed"), Changed = reader.Value<long>("changed") };
    }

    private async Task<BoundedReading> BoundedAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            return new BoundedReading(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken), time, options.Value.DifferenceTimeout);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>One snapshot, whose statements have a time together.</summary>
    private sealed class BoundedReading(NpgsqlConnection connection, NpgsqlTransaction transaction, TimeProvider time, TimeSpan limit) : IAsyncDisposable
    {
        private readonly long _started = time.GetTimestamp();

        internal NpgsqlConnection Connection => connection;

        /// <summary>A command that the server stops when the time is over.</summary>
        internal async Task<NpgsqlCommand> CommandAsync(CancellationToken cancellationToken)
        {
            var left = Math.Max(1, (int)(limit - time.GetElapsedTime(_started)).TotalMilliseconds);
            await using var bound = new NpgsqlCommand($"set local statement_timeout = {left}", connection);
            await bound.ExecuteNonQueryAsync(cancellationToken);
            return new NpgsqlCommand { Connection = connection, Transaction = transaction };
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

/// <summary>Makes a difference of what the database says of a row.</summary>
internal static class RowReader
{
    internal static RowDifference Read(TablePair pair, string kind, string? before, string? after)
    {
        using var old = JsonDocument.Parse(before ?? "{}");
        using var now = JsonDocument.Parse(after ?? "{}");
        var columns = (pair.After ?? pair.Before)!.Columns.Union(pair.Before?.Columns ?? [], StringComparer.Ordinal); // One of them is there.
        var keys = pair.Key.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var key = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in pair.Key)
        {
            key.Add(column.Name, Text(now, column.Name) ?? Text(old, column.Name) ?? "");
        }

        var values = columns.Where(column => !keys.Contains(column)).Select(column => new ValueDifference(column, Text(old, column), Text(now, column)));
        return new RowDifference(kind, key, [.. values.Where(value => kind is not "changed" || !string.Equals(value.Before, value.After, StringComparison.Ordinal))]);
    }

    /// <summary>Null for a value that is null, and for a column that is not there.</summary>
    private static string? Text(JsonDocument row, string column) => row.RootElement.TryGetProperty(column, out var value) ? value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    } : null;
}
