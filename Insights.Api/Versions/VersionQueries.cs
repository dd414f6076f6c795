using System.Data;
using Dunnhumby.Contracts.Insights;
using Npgsql;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Reads the register of published versions.</summary>
internal sealed class VersionQueries(NpgsqlDataSource database)
{
    /// <summary>The newest version's number and time, null when there is none: enough to see whether something changed.</summary>
    internal async Task<(int Version, DateTimeOffset PublishedAt)?> NewestAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select version, published_at from insights.versions order by version desc limit 1");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt32(0), await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken))
            : null;
    }

    /// <summary>The newest version with all that it says about itself; <see cref="PublishedVersion.None"/> when there is none.</summary>
    internal async Task<PublishedVersion> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One snapshot: a version that is removed meanwhile is seen whole or not at all.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, snapshot)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("select version, published_at, day_one, schema_name from insights.versions order by version desc limit 1"),
                Details("load_id, dataset, sha256, loaded, completed_at", "version_loads", "load_id"),
                Details("name, rows, grain, columns", "version_tables", "ordinal, name"),
                Details("code, count, message", "version_notices", "ordinal, code"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return PublishedVersion.None;
        }

        var version = new InsightsVersion(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateOnly>(2), [], [], []);
        var schema = reader.GetString(3);
        var loads = await NextAsync(
            reader,
            row => new VersionLoad(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
        var tables = await NextAsync(
            reader, row => new VersionTable(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetFieldValue<string[]>(3)), cancellationToken);
        var notices = await NextAsync(reader, row => new VersionNotice(row.GetString(0), row.GetInt64(1), row.GetString(2)), cancellationToken);
        return new PublishedVersion(version with { Loads = loads, Tables = tables, Notices = notices }, schema);
    }

    private static NpgsqlBatchCommand Details(string columns, string table, string order) =>
        new($"select {columns} from insights.{table} where version = (select max(version) from insights.versions) order by {order}");

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        return await reader.ListAsync(read, cancellationToken);
    }
}
