using System.Data;
using Dunnhumby.Contracts.Insights;
using Npgsql;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Reads the register of published versions.</summary>
internal sealed class VersionQueries(NpgsqlDataSource database)
{
    /// <summary>The newest version's number (0 when there is none) and time, and the run that failed since: enough to see whether something changed.</summary>
    internal async Task<(int Version, DateTimeOffset? PublishedAt, long? FailedRun)> NewestAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(newest.version, 0), newest.published_at, failed.id
            from (select) as one
            left join (select version, published_at from insights.versions order by version desc limit 1) as newest on true
            left join insights.failed_run as failed on true
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.ValueOrNull<DateTimeOffset>(1), reader.ValueOrNull<long>(2));
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
                new NpgsqlBatchCommand("select id, failed_at, reason, engine_text, loads from insights.failed_run"),
                new NpgsqlBatchCommand("select version, published_at, day_one, schema_name from insights.versions order by version desc limit 1"),
                Details("load_id, dataset, sha256, loaded, completed_at", "version_loads", "load_id"),
                Details("name, rows, grain, columns", "version_tables", "ordinal, name", "state <> 'absent'"),
                Details(
                    "name, state, computed_version, computed_at, stale_since, reason, engine_text, suspected_loads, missing_loads, withdrawn_loads",
                    "version_tables",
                    "ordinal, name",
                    "state <> 'fresh'"),
                Details("code, count, message", "version_notices", "ordinal, code"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var failed = (await reader.ListAsync(ReadFailedRun, cancellationToken)).SingleOrDefault();
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return PublishedVersion.NoneAfter(failed);
        }

        var version = new InsightsVersion(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateOnly>(2), [], [], []);
        var schema = reader.GetString(3);
        var loads = await NextAsync(
            reader,
            row => new VersionLoad(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
        var tables = await NextAsync(
            reader, row => new VersionTable(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetFieldValue<string[]>(3)), cancellationToken);
        var stale = await NextAsync(reader, ReadStaleTable, cancellationToken);
        var notices = await NextAsync(reader, row => new VersionNotice(row.GetString(0), row.GetInt64(1), row.GetString(2)), cancellationToken);
        version = version with { Loads = loads, Tables = tables, Notices = notices, FailedRun = failed };
        return new PublishedVersion(version with { StaleTables = failed is null ? stale : [.. stale, .. Overtaken(version, stale, failed)] }, schema);
    }

    /// <summary>After a run that failed as a whole every table is out of date: those that were computed for the version too.</summary>
    private static IEnumerable<StaleTable> Overtaken(InsightsVersion version, List<StaleTable> stale, FailedRun failed) => version.Tables
        .Select(table => table.Name)
        .Except(stale.Select(table => table.Name), StringComparer.Ordinal)
        .Select(name => new StaleTable(
            name,
            TableSubjects.Of(name),
            IsAbsent: false,
            version.Version,
            version.PublishedAt,
            failed.FailedAt,
            failed.Reason,
            failed.EngineText ?? "",
            failed.Loads,
            [.. failed.Loads.Except(version.Loads.Select(load => load.Id))],
            []));

    private static FailedRun ReadFailedRun(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetFieldValue<long[]>(4));

    private static StaleTable ReadStaleTable(NpgsqlDataReader row) => new(
        row.GetString(0),
        TableSubjects.Of(row.GetString(0)),
        row.GetString(1) is "absent",
        row.ValueOrNull<int>(2),
        row.ValueOrNull<DateTimeOffset>(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetString(5),
        row.GetString(6),
        row.GetFieldValue<long[]>(7),
        row.GetFieldValue<long[]>(8),
        row.GetFieldValue<long[]>(9));

    private static NpgsqlBatchCommand Details(string columns, string table, string order, string condition = "true") =>
        new($"select {columns} from insights.{table} where version = (select max(version) from insights.versions) and {condition} order by {order}");

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        return await reader.ListAsync(read, cancellationToken);
    }
}
