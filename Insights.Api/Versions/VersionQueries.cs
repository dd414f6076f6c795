using System.Data;
using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Npgsql;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Reads the register of published versions.</summary>
internal sealed class VersionQueries(NpgsqlDataSource database)
{
    /// <summary>The newest version's number (0 when there is none), time and hold, and the run that failed since: enough to see whether something changed.</summary>
    internal async Task<(int Version, DateTimeOffset? PublishedAt, DateTimeOffset? HeldSince, long? FailedRun)> NewestAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(newest.version, 0) as version, newest.published_at, newest.held_since, failed.id as failed_run
            from (select) as one
            left join (select version, published_at, held_since from insights.versions order by version desc limit 1) as newest on true
            left join insights.failed_run as failed on true
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.Value<int>("version"), reader.ValueOrNull<DateTimeOffset>("published_at"), reader.ValueOrNull<DateTimeOffset>("held_since"), reader.ValueOrNull<long>("failed_run"));
    }

    /// <summary>Whether a version is kept.</summary>
    internal async Task<bool> IsThereAsync(int number, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from insights.versions where version = $1)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>The numbers of the versions that are kept, the newest first.</summary>
    internal async Task<IReadOnlyList<int>> KeptAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select version from insights.versions order by version desc limit 100");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(row => row.Value<int>("version"), cancellationToken);
    }

    /// <summary>The newest version with all that it says about itself; <see cref="PublishedVersion.None"/> when there is none.</summary>
    internal async Task<PublishedVersion> LoadAsync(CancellationToken cancellationToken)
    {
        var (read, tables, schema, failed) = await ReadAsync(number: null, cancellationToken);
        if (read is not { } version)
        {
            return PublishedVersion.NoneAfter(failed);
        }

        version = version with { FailedRun = failed };
        return new PublishedVersion(failed is null ? version : version with { StaleTables = [.. version.StaleTables, .. Overtaken(version, version.StaleTables, failed)] }, schema) { Tables = tables };
    }

    /// <summary>A version that is not the current one, with all that it says about itself; null when it is not kept.</summary>
    internal async Task<PublishedVersion?> FindAsync(int number, CancellationToken cancellationToken)
    {
        var (read, tables, schema, _) = await ReadAsync(number, cancellationToken);
        // Only what readers have can be held.
        return read is { } version ? new PublishedVersion(version with { HeldSince = null }, schema, isFormer: true) { Tables = tables } : null;
    }

    /// <param name="number">Null for the newest.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    private async Task<(InsightsVersion? Version, IReadOnlyList<DescribedTable> Tables, string Schema, FailedRun? Failed)> ReadAsync(int? number, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One snapshot: a version that is removed meanwhile is seen whole or not at all.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, snapshot)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("select id, failed_at, reason, engine_text, loads from insights.failed_run"),
                Of(number, "version, published_at, day_one, schema_name, republishes, held_since", "versions", "version"),
                Of(number, "load_id, dataset, sha256, loaded, completed_at", "version_loads", "load_id"),
                Of(number, "name, rows, grain, columns, about", "version_tables", "ordinal, name", "state <> 'absent' and (state <> 'waiting' or computed_version is not null)"),
                Of(
                    number,
                    "name, state, computed_version, computed_at, stale_since, reason, engine_text, suspected_loads, missing_loads, withdrawn_loads",
                    "version_tables",
                    "ordinal, name",
                    "state in ('stale', 'absent')"),
                Of(number, "name, computed_version, computed_at, missing_loads, withdrawn_loads", "version_tables", "ordinal, name", "state = 'waiting'"),
                Of(number, "code, count, message", "version_notices", "ordinal, code"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var failed = (await reader.ListAsync(ReadFailedRun, cancellationToken)).SingleOrDefault();
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return (Version: null, [], Schema: "", failed);
        }

        var version = new InsightsVersion(reader.Value<int>("version"), reader.Value<DateTimeOffset>("published_at"), reader.Value<DateOnly>("day_one"), [], [], [])
        {
            Republishes = reader.ValueOrNull<int>("republishes"),
            HeldSince = reader.ValueOrNull<DateTimeOffset>("held_since"),
        };
        var schema = reader.Value<string>("schema_name");
        var loads = await NextAsync(
            reader,
            row => new VersionLoad(
                row.Value<long>("load_id"), row.Value<string>("dataset"), row.Value<string>("sha256"), row.Value<long>("loaded"), row.Value<DateTimeOffset>("completed_at")),
            cancellationToken);
        var tables = await NextAsync(
            reader,
            row => new DescribedTable(
                row.Value<string>("name"), row.Value<long>("rows"), row.Value<string>("grain"), row.Value<string[]>("columns"),
                row.TextOrNull("about") is { } about ? JsonSerializer.Deserialize<TableAbout>(about, JsonSerializerOptions.Web) : null),
            cancellationToken);
        var stale = await NextAsync(reader, ReadStaleTable, cancellationToken);
        var waiting = await NextAsync(
            reader,
            row => new WaitingTable(
                row.Value<string>("name"), row.ValueOrNull<int>("computed_version"), row.ValueOrNull<DateTimeOffset>("computed_at"),
                row.Value<long[]>("missing_loads"), row.Value<long[]>("withdrawn_loads")),
            cancellationToken);
        var notices = await NextAsync(
            reader, row => new VersionNotice(row.Value<string>("code"), row.Value<long>("count"), row.Value<string>("message")), cancellationToken);
        var listed = tables.Select(table => new VersionTable(table.Name, table.Rows, table.Grain, table.Columns));
        return (version with { Loads = loads, Tables = [.. listed], StaleTables = stale, WaitingTables = waiting, Notices = notices }, tables, schema, failed);
    }

    /// <summary>After a run that failed as a whole every table is out of date: those that were computed for the version too.</summary>
    private static IEnumerable<StaleTable> Overtaken(InsightsVersion version, IReadOnlyList<StaleTable> stale, FailedRun failed) => version.Tables
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
        row.Value<long>("id"), row.Value<DateTimeOffset>("failed_at"), row.Value<string>("reason"), row.TextOrNull("engine_text"), row.Value<long[]>("loads"));

    private static StaleTable ReadStaleTable(NpgsqlDataReader row) => new(
        row.Value<string>("name"),
        TableSubjects.Of(row.Value<string>("name")),
        row.Value<string>("state") is "absent",
        row.ValueOrNull<int>("computed_version"),
        row.ValueOrNull<DateTimeOffset>("computed_at"),
        row.Value<DateTimeOffset>("stale_since"),
        row.Value<string>("reason"),
        row.Value<string>("engine_text"),
        row.Value<long[]>("suspected_loads"),
        row.Value<long[]>("missing_loads"),
        row.Value<long[]>("withdrawn_loads"));

    private static NpgsqlBatchCommand Of(int? number, string columns, string table, string order, string condition = "true") => new(
        $"select {columns} from insights.{table} where version = coalesce($1, (select max(version) from insights.versions)) and {condition} order by {order}")
    {
        Parameters = { new NpgsqlParameter<int?> { TypedValue = number } },
    };

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        return await reader.ListAsync(read, cancellationToken);
    }
}
