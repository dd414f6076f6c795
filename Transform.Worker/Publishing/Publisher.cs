using DuckDB.NET.Data;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Outbox;
using Dunnhumby.Lake.Versions;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Publishes computed tables as a new version, in one transaction: tables in a fresh schema, each as soon as it is computed, the fence, the version's
/// record, the message and the views. Readers see the old version or the new one, whole; a worker that dies leaves nothing behind.
/// </summary>
internal sealed class Publisher(
    IDbContextFactory<LakeCatalog> catalogs,
    ModelCatalog models,
    TransformSettings settings,
    OutboxSignal outbox,
    TimeProvider time)
{
    /// <returns>The new version's number.</returns>
    /// <exception cref="DataTestException">The tables are not fit to be published: nothing was.</exception>
    /// <exception cref="RunFencedException">Another worker has taken the run over: nothing was published.</exception>
    internal async Task<int> PublishAsync(
        RunLease lease,
        Warehouse warehouse,
        RunningComputation computing,
        LakeInputs inputs,
        string fingerprint,
        CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("publish");
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)catalog.Database.GetDbConnection();

        // The final name is given at the end: a worker that was stopped in the middle must not hold it.
        var build = $"insights_build_{lease.RunId}_{lease.Fence}";
        await TableCopy.ExecuteAsync($"create schema {build}", connection, cancellationToken);
        var number = await NextVersionAsync(catalog, cancellationToken);
        var tables = await CopyAsync(number, warehouse, computing, build, connection, cancellationToken);
        await FinishAsync(lease, number, connection, cancellationToken);
        var version = Version(number, lease, fingerprint);
        foreach (var table in tables)
        {
            version.Tables.Add(table);
        }

        AddLoads(version, inputs);
        await AddNoticesAsync(version, warehouse, cancellationToken);
        catalog.Versions.Add(version);
        catalog.Outbox.Add(OutboxMessages.From(new InsightsPublished(number, lease.RunId, version.PublishedAt), version.PublishedAt));
        await catalog.SaveChangesAsync(cancellationToken);
        await SwitchAsync(build, version.SchemaName, connection, cancellationToken);
        // Not to be cancelled: our own commit ends the lease, which the lease's keeper takes for a loss.
        await transaction.CommitAsync(CancellationToken.None);

        outbox.Raise();
        activity?.SetTag("dunnhumby.version", number);
        return number;
    }

    private async Task<List<VersionTableEntity>> CopyAsync(
        int version, Warehouse warehouse, RunningComputation computing, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var source = await warehouse.ConnectAsync(cancellationToken);
        List<VersionTableEntity> tables = [];
        await foreach (var model in computing.FinishedAsync(cancellationToken))
        {
            foreach (var (ordinal, table) in PublishedTables.All.Index().Where(indexed => string.Equals(indexed.Item.Name, model, StringComparison.Ordinal)))
            {
                tables.Add(await CopyAsync(table, ordinal, version, source, schema, connection, cancellationToken));
            }
        }

        return tables;
    }

    private async Task<VersionTableEntity> CopyAsync(
        PublishedTable table,
        int ordinal,
        int version,
        DuckDBConnection source,
        string schema,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity($"copy {table.Name}");
        var (rows, columns) = await TableCopy.CopyAsync(table, source, schema, connection, cancellationToken);
        activity?.SetTag("dunnhumby.rows", rows);
        return new VersionTableEntity
        {
            Version = version,
            Name = table.Name,
            Ordinal = ordinal,
            Rows = rows,
            Grain = models.Model(table.Name).Grain,
            Columns = [.. columns.Select(column => column.Name)],
        };
    }

    private static async Task<int> NextVersionAsync(LakeCatalog catalog, CancellationToken cancellationToken) =>
        1 + (await catalog.Versions.MaxAsync(version => (int?)version.Version, cancellationToken) ?? 0);

    /// <summary>Ends the run in this transaction, and with it checks the fence.</summary>
    private static async Task FinishAsync(RunLease lease, int version, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update catalog.runs
            set state = 'published', version = $3, finished_at = clock_timestamp(), lease_until = null
            where id = $1 and fence = $2 and state = 'running'
            """,
            connection);
        command.Parameters.AddWithValue(lease.RunId);
        command.Parameters.AddWithValue(lease.Fence);
        command.Parameters.AddWithValue(version);
        if (await command.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            throw new RunFencedException(lease);
        }
    }

    private VersionEntity Version(int number, RunLease lease, string fingerprint) => new()
    {
        Version = number,
        PublishedAt = time.GetUtcNow(),
        RunId = lease.RunId,
        DayOne = settings.DayOne,
        Fingerprint = fingerprint,
        SchemaName = $"insights_v{number:D6}",
        Settings = settings.ToJson(),
    };

    private static void AddLoads(VersionEntity version, LakeInputs inputs)
    {
        foreach (var load in inputs.Loads)
        {
            version.Loads.Add(new VersionLoadEntity
            {
                Version = version.Version,
                LoadId = load.Id,
                Dataset = load.Dataset,
                Sha256 = load.Sha256,
                Loaded = load.Loaded,
                CompletedAt = load.CompletedAt,
            });
        }
    }

    private static async Task AddNoticesAsync(VersionEntity version, Warehouse warehouse, CancellationToken cancellationToken)
    {
        await using var command = warehouse.Connection.CreateCommand();
        command.CommandText = $"select code, ordinal::integer, count::bigint, message from {ModelCatalog.Notices}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            version.Notices.Add(new VersionNoticeEntity
            {
                Version = version.Version,
                Code = reader.GetString(0),
                Ordinal = reader.GetInt32(1),
                Count = reader.GetInt64(2),
                Message = reader.GetString(3),
            });
        }
    }

    /// <summary>Last, since from here to the commit readers of the views wait; a reader that holds one for long makes the run fail and be tried again.</summary>
    private static async Task SwitchAsync(string build, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await TableCopy.ExecuteAsync(
            $"""
            set local lock_timeout = '5s';
            alter schema {build} rename to {schema};
            do $$ begin
                if exists (select from pg_roles where rolname = 'reader') then
                    grant usage on schema {schema} to reader;
                    grant select on all tables in schema {schema} to reader;
                end if;
            end $$;
            """,
            connection,
            cancellationToken);
        foreach (var table in PublishedTables.All)
        {
            await VersionViews.SwitchAsync(table.Name, schema, connection, cancellationToken);
        }

        await TableCopy.ExecuteAsync(
            $"""
            do $$ begin
                if exists (select from pg_roles where rolname = 'reader') then
                    grant select on {string.Join(", ", PublishedTables.All.Select(table => $"{LakeCatalog.InsightsSchema}.{table.Name}"))} to reader;
                end if;
            end $$;
            """,
            connection,
            cancellationToken);
    }
}
