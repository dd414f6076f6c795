using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.ServiceDefaults;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>A database and a lake of its own for one test, and workers on them.</summary>
internal sealed class WorkerSetup : IAsyncDisposable
{
    /// <summary>The models of this build that are made with every load.</summary>
    internal static readonly ModelCatalog EveryLoad = WithoutScheduled(ModelCatalog.Embedded());

    /// <summary>All models of this build, those on a schedule too, to be made with every load.</summary>
    internal static readonly ModelCatalog EveryTable = WithoutSchedules(ModelCatalog.Embedded());

    private readonly List<WebApplication> _workers = [];
    private readonly Uri _broker;

    private WorkerSetup(string connectionString, Uri broker)
    {
        ConnectionString = connectionString;
        _broker = broker;
        Database = NpgsqlDataSource.Create(connectionString);
    }

    internal string ConnectionString { get; }

    internal NpgsqlDataSource Database { get; }

    internal TestLake Lake { get; } = new();

    internal static async Task<WorkerSetup> CreateAsync(PostgresFixture postgres, Uri? broker = null) =>
        await CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker);

    internal static async Task<WorkerSetup> CreateAsync(string database, Uri? broker = null)
    {
        var setup = new WorkerSetup(database, broker ?? new Uri("amqp://nobody:nothing@localhost:1"));
        await using var catalog = setup.Catalog();
        await catalog.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return setup;
    }

    internal LakeCatalog Catalog()
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(Database);
        return new LakeCatalog(options.Options);
    }

    /// <summary>A worker that is not started: no bus, no loop, its parts are driven by the test. Without other models it has those that are made with every load.</summary>
    internal WebApplication Worker(ModelCatalog? models = null, string? connectionString = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Dunnhumby.Transform.Worker" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:warehouse"] = connectionString ?? ConnectionString,
            ["ConnectionStrings:lake"] = Lake.Root,
            ["ConnectionStrings:messaging"] = _broker.ToString(),
            ["Transform:GatherWindow"] = "00:00:00.010",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(models ?? EveryLoad);
        builder.AddServiceDefaults();
        builder.AddTransform();
        var worker = builder.Build();
        worker.MapDefaultEndpoints();
        _workers.Add(worker);
        return worker;
    }

    private static ModelCatalog WithoutSchedules(ModelCatalog models)
    {
        foreach (var model in models.Models)
        {
            model.Declaration.Schedule = "";
        }

        return models;
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

    /// <summary>Adds a completed load of rows without header to the lake and its catalog.</summary>
    internal async Task<InputLoad> LoadAsync(string dataset, params IEnumerable<string> rows) => await RegisterAsync(Lake.Add(dataset, rows));

    /// <summary>Marks a load as withdrawn in the catalog; its files stay.</summary>
    internal Task WithdrawAsync(InputLoad load) =>
        ExecuteAsync($"update catalog.loads set state = 'withdrawn', withdrawn_at = clock_timestamp() where id = {load.Id} or replays_load_id = {load.Id}");

    internal async Task<InputLoad> RegisterAsync(InputLoad load)
    {
        await RegisterAsync([load]);
        return load;
    }

    /// <summary>Adds completed loads to the catalog.</summary>
    internal async Task RegisterAsync(IReadOnlyList<InputLoad> loads)
    {
        await using var catalog = Catalog();
        catalog.Loads.AddRange(loads.Select(Entity));
        await catalog.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static LoadEntity Entity(InputLoad load)
    {
        var entity = new LoadEntity
        {
            Id = load.Id,
            Dataset = load.Dataset,
            State = LoadStates.Completed,
            Sha256 = load.Sha256,
            Bytes = 0,
            Read = load.Loaded,
            Loaded = load.Loaded,
            Quarantined = 0,
            Deduplicated = 0,
            BlankLines = 0,
            ReceivedAt = load.CompletedAt,
            CompletedAt = load.CompletedAt,
            ReplaysLoadId = load.ReplaysLoadId,
        };
        foreach (var file in load.Files)
        {
            entity.Files.Add(new LakeFileEntity { Path = file, LoadId = load.Id, Rows = load.Loaded, Bytes = 0 });
        }

        return entity;
    }

    /// <summary>Asks for a run, waits until it may start, takes and works it.</summary>
    /// <returns>The run's id.</returns>
    internal static async Task<long> RunAsync(WebApplication worker)
    {
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", TestContext.Current.CancellationToken);
        var lease = await TakeAsync(worker);
        await WorkAsync(worker, lease);
        return lease.RunId;
    }

    /// <summary>Works a run and removes the versions that are old then, as the run loop does.</summary>
    internal static async Task WorkAsync(WebApplication worker, RunLease lease)
    {
        await worker.Services.GetRequiredService<RunWork>().DoAsync(lease, TestContext.Current.CancellationToken);
        await worker.Services.GetRequiredService<OldVersions>().RemoveAsync(TestContext.Current.CancellationToken);
    }

    internal static async Task<RunLease> TakeAsync(WebApplication worker)
    {
        var leases = worker.Services.GetRequiredService<RunLeases>();
        return await Eventually.GetAsync(async () => await leases.TakeAsync(TestContext.Current.CancellationToken), lease => lease is not null)
            ?? throw new InvalidOperationException("No run could be taken.");
    }

    /// <summary>The rows of a query, each as its values joined by blanks; null as <c>-</c>.</summary>
    internal async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "-" : reader.GetValue(column))));
        }

        return rows;
    }

    internal async Task<string> RowAsync(string sql) => (await RowsAsync(sql)).ShouldHaveSingleItem();

    internal async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            if (worker.Lifetime.ApplicationStarted.IsCancellationRequested)
            {
                await worker.StopAsync();
            }

            await worker.DisposeAsync();
        }

        await Database.DisposeAsync();
        Lake.Dispose();
    }
}
