extern alias Worker;

using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Lakes;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Worker::Dunnhumby.Transform.Worker.Models;
using Worker::Dunnhumby.Transform.Worker.Runs;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>
/// The small journey, computed and published by the worker: what the API reads in these tests has the columns and types that the models give it, not those that
/// somebody copied.
/// </summary>
internal static class TransformedJourney
{
    private static readonly SemaphoreSlim Making = new(1, 1);
    private static string? _journey;
    private static string? _tables;

    /// <summary>A database in which the journey is version 1.</summary>
    /// <returns>A superuser's connection string to it; tests only read.</returns>
    internal static async Task<string> PublishedAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        await MakeAsync(postgres, cancellationToken);
        return _journey.ShouldNotBeNull();
    }

    /// <summary>A new database in which nothing is published, with the worker's tables in the schema <c>made</c>, to be copied by tests.</summary>
    /// <returns>A superuser's connection string to it.</returns>
    internal static async Task<string> EmptyAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        await MakeAsync(postgres, cancellationToken);
        return await postgres.CreateDatabaseAsync(_tables.ShouldNotBeNull(), cancellationToken);
    }

    private static async Task MakeAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        await Making.WaitAsync(cancellationToken);
        try
        {
            if (_tables is null)
            {
                var journey = await postgres.CreateDatabaseAsync(cancellationToken);
                await Warehouse.MigrateAsync(journey, ownServer: false, cancellationToken);
                await TransformAsync(journey, cancellationToken);
                _journey = journey;
                _tables = await WithoutVersionsAsync(postgres, journey, cancellationToken);
            }
        }
        finally
        {
            Making.Release();
        }
    }

    /// <summary>Lets a worker find eight loads at its start and waits for its version.</summary>
    private static async Task TransformAsync(string journey, CancellationToken cancellationToken)
    {
        var lake = Directory.CreateTempSubdirectory("lake-test-").FullName;
        await using var database = NpgsqlDataSource.Create(journey);
        try
        {
            await LoadAsync(database, lake, cancellationToken);
            // The first version is to have the tables on a schedule, too.
            await using var request = database.CreateCommand(
                $"insert into catalog.runs (state, reason, requested_at, last_requested_at, fence, attempt, models) values ('pending', '{RunRequests.Rebuild}', now(), now(), 0, 1, '{{}}')");
            await request.ExecuteNonQueryAsync(cancellationToken);
            await using var worker = new WorkerHost(journey, lake) { HasScheduledTables = true };
            using var started = worker.CreateClient();
            await Eventually.TrueAsync(
                async () =>
                {
                    await using var versions = database.CreateCommand("select exists (select from insights.versions)");
                    return await versions.ExecuteScalarAsync(cancellationToken) is true;
                },
                what: "the worker publishes the journey");
        }
        finally
        {
            Directory.Delete(lake, recursive: true);
        }
    }

    private static async Task LoadAsync(NpgsqlDataSource database, string lake, CancellationToken cancellationToken)
    {
        foreach (var (index, (dataset, csv)) in SmallJourney.Files.Index())
        {
            await LoadAsync(database, lake, index + 1, dataset, csv, cancellationToken);
        }
    }

    /// <summary>Adds a completed load to a lake and its catalog.</summary>
    internal static Task LoadAsync(NpgsqlDataSource database, string lake, int id, string dataset, string csv, CancellationToken cancellationToken) =>
        LoadAsync(database, lake, id, dataset, csv, lines: null, fileName: null, replays: null, cancellationToken);

    /// <summary>Adds a completed load whose rows have lines.</summary>
    /// <param name="lines">The line of each row; null for a load from before they were kept.</param>
    /// <param name="replays">The load that it mends.</param>
    internal static async Task LoadAsync(
        NpgsqlDataSource database, string lake, int id, string dataset, string csv, IReadOnlyList<long>? lines, string? fileName, long? replays, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(database);
        await using var catalog = new LakeCatalog(options.Options);
        var file = Path.Combine(lake, "rows.csv");
        await File.WriteAllTextAsync(file, csv, cancellationToken);
        var (path, rows) = LakeFiles.Write(lake, dataset, id, file, lines);
        catalog.Loads.Add(new LoadEntity
        {
            Id = id,
            Dataset = dataset,
            State = LoadStates.Completed,
            Sha256 = $"sha-{id}",
            Bytes = csv.Length,
            Read = rows,
            Loaded = rows,
            Quarantined = 0,
            Deduplicated = 0,
            BlankLines = 0,
            ReceivedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
            FileName = fileName,
            ReplaysLoadId = replays,
            Files = { new LakeFileEntity { Path = path, LoadId = id, Rows = rows, Bytes = 0 } },
        });
        await catalog.SaveChangesAsync(cancellationToken);
    }

    private static async Task<string> WithoutVersionsAsync(PostgresFixture postgres, string journey, CancellationToken cancellationToken)
    {
        NpgsqlConnection.ClearAllPools();
        var tables = await postgres.CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(journey).Database.ShouldNotBeNull(), cancellationToken);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(tables) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            do $$
            declare published record;
            begin
                -- Of each table of rows the table that its view shows, with its key and indexes.
                for published in
                    select listed.name, home.rows, (
                        select string_agg(quote_ident(part.attname), ', ' order by array_position(key.indkey::int2[], part.attnum))
                        from pg_index as key join pg_attribute as part on part.attrelid = key.indrelid and part.attnum = any (key.indkey)
                        where key.indrelid = home.rows and key.indisprimary and part.attname <> 'from_version') as key
                    from insights.version_tables as listed
                    cross join lateral (select to_regclass(format('insights_v000001.%I', listed.name || '_rows')) as rows) as home
                loop
                    execute format('drop view insights.%I', published.name);
                    if published.rows is not null then
                        execute format('drop view insights_v000001.%I', published.name);
                        execute format('alter table %s drop column from_version, drop column to_version', published.rows);
                        execute format('alter table %s add primary key (%s)', published.rows, published.key);
                        execute format('alter table %s rename to %I', published.rows, published.name);
                    end if;
                end loop;
            end $$;
            truncate insights.versions, catalog.loads, catalog.runs, catalog.outbox cascade;
            alter schema insights_v000001 rename to made;
            grant usage on schema made to transformer;
            grant select on all tables in schema made to transformer;
            revoke all on schema made from reader;
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection.Database;
    }

    /// <summary>The worker without a broker: it looks for loads at its start.</summary>
    /// <summary>A transform worker in this process.</summary>
    internal sealed class WorkerHost(string warehouse, string lake, params (string Key, string Value)[] settings) : WebApplicationFactory<Worker::Program>
    {
        /// <summary>Whether it makes the tables on a schedule, too: then more versions follow than there are loads.</summary>
        internal bool HasScheduledTables { get; init; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("ConnectionStrings:warehouse", warehouse);
            builder.UseSetting("ConnectionStrings:lake", lake);
            builder.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
            builder.UseSetting("ApiKeys:Read", InsightsHost.ReadKey);
            builder.UseSetting("ApiKeys:Ingest", InsightsHost.IngestKey);
            builder.UseSetting("Logging:LogLevel:Default", "Error");
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            if (!HasScheduledTables)
            {
                builder.ConfigureTestServices(services => services.AddSingleton(WithoutScheduled(ModelCatalog.Embedded())));
            }
        }

        private static ModelCatalog WithoutScheduled(ModelCatalog models)
        {
            var waiting = models.WaitingBesides(new HashSet<string>(StringComparer.Ordinal));
            return models with
            {
                Models = [.. models.Models.Where(model => !waiting.Contains(model.Name))],
                Tests = [.. models.Tests.Where(test => !waiting.Contains(test.Stops))],
                DataTests = [.. models.DataTests.Where(test => !waiting.Contains(test.Name))],
            };
        }
    }
}
