using System.IO.Pipes;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Faults;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Faults;

/// <summary>A database, a lake, workers as processes of their own, and what must hold after every fault.</summary>
internal sealed class WorkerRig : IAsyncDisposable
{
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("worker-faults-");
    private readonly List<ServiceProcess> _workers = [];
    private readonly Uri? _broker;
    private NamedPipeServerStream? _hold;
    private int _loads;

    private WorkerRig(WorkerSetup setup, Uri? broker)
    {
        Setup = setup;
        _broker = broker;
    }

    internal WorkerSetup Setup { get; }

    internal string CacheFile => Path.Combine(CacheFolder, "transform.duckdb");

    internal string CacheFolder => Path.Combine(_folder.FullName, "cache");

    internal string SpillFolder => Path.Combine(_folder.FullName, "spill");

    /// <summary>With a panel of some households and products, that no run has covered.</summary>
    internal static async Task<WorkerRig> CreateAsync(string database, Uri? broker = null)
    {
        var rig = new WorkerRig(await WorkerSetup.CreateAsync(database, broker), broker);
        await rig.Setup.LoadAsync(DatasetNames.Products, Enumerable.Range(1, 20).Select(product => Rows.Product(product, product % 2 == 0 ? "BEEF" : "SOFT DRINKS")));
        await rig.Setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 110, 130));
        await rig.Setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(1, 3, 1));
        await rig.Setup.LoadAsync(DatasetNames.Transactions, Enumerable.Range(0, 400).Select(line => Line(line, 101 + (line % 30))));
        return rig;
    }

    /// <summary>Starts a worker process.</summary>
    /// <param name="point">A <see cref="FaultPoint"/>: where it kills itself.</param>
    /// <param name="holds">It only holds there, until <see cref="Release"/>.</param>
    /// <param name="settings">More of its environment.</param>
    internal async Task<ServiceProcess> StartAsync(string point = "", bool holds = false, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__warehouse"] = Setup.ConnectionString,
            ["ConnectionStrings__lake"] = Setup.Lake.Root,
            ["ConnectionStrings__messaging"] = (_broker ?? new Uri("amqp://nobody:nothing@localhost:1")).ToString(),
            ["Transform__CacheDirectory"] = CacheFolder,
            ["Transform__TempDirectory"] = SpillFolder,
            ["Transform__RefreshUpTo"] = "1000",
            ["Transform__Schedule"] = "",
            ["Transform__Lease"] = "00:00:02",
            ["Transform__PollInterval"] = "00:00:00.100",
            ["Transform__RetryDelay"] = "00:00:00.200",
            ["Transform__ReconcileInterval"] = "00:00:01",
            ["Transform__MaxAttempts"] = "20",
            ["Transform__GatherWindow"] = "00:00:00.010",
            [FaultPoint.PointVariable] = point,
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        if (holds)
        {
            var name = $"dunnhumby-fault-{Guid.NewGuid():N}";
            _hold = new NamedPipeServerStream(name, PipeDirection.Out, maxNumberOfServerInstances: 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
            environment[FaultPoint.HoldVariable] = name;
        }

        var worker = await ServiceProcess.StartAsync("Transform.Worker", environment);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Waits until the worker holds at its point.</summary>
    internal async Task ReachedAsync(ServiceProcess worker)
    {
        var hold = _hold ?? throw new InvalidOperationException("No worker was started to hold.");
        try
        {
            await hold.WaitForConnectionAsync(TestContext.Current.CancellationToken).WaitAsync(HoldLimit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException(worker.Output, late);
        }
    }

    /// <summary>Lets a worker that holds go on.</summary>
    internal void Release()
    {
        _hold?.Dispose();
        _hold = null;
    }

    /// <summary>Adds a day's lines to the lake, twenty if not told otherwise, and asks for a run.</summary>
    internal async Task LoadAsync(int lines = 20)
    {
        var day = 140 + _loads++;
        await Setup.LoadAsync(DatasetNames.Transactions, Enumerable.Range(0, lines).Select(line => Line(line, day)));
        await RequestAsync();
    }

    /// <summary>Asks for a run as the message of a load does.</summary>
    internal Task RequestAsync() => Setup.ExecuteAsync(
        """
        insert into catalog.runs (state, reason, requested_at, last_requested_at, fence, attempt)
        values ('pending', 'test', clock_timestamp(), clock_timestamp(), 0, 1)
        on conflict (state) where state in ('pending', 'running') do update set last_requested_at = excluded.last_requested_at
        """);

    /// <summary>Waits until the published version has every load and no run is left.</summary>
    internal Task ShouldSettleAsync() => Eventually.TrueAsync(
        async () => await Setup.RowAsync(
            """
            select (select count(*) from catalog.loads where state = 'completed') = (select count(*) from insights.version_loads where version = (select max(version) from insights.versions))
                and not exists (select from catalog.runs where state in ('pending', 'running'))
            """) is "True",
        otherwise: () => string.Join("\n\n", _workers.Select(worker => worker.Output)));

    /// <summary>The same, and the tables are kept for the next run: a further run, which has nothing to do, begins after that.</summary>
    internal async Task ShouldKeepAsync()
    {
        await ShouldSettleAsync();
        await RequestAsync();
        await ShouldSettleAsync();
    }

    /// <summary>What readers get is what a rebuild makes of the lake; nothing is left over, and each version was published by a run of its own.</summary>
    internal async Task ShouldBeRightAsync()
    {
        await StopAsync();
        (await Setup.RowAsync(
            """
            select count(*) from pg_namespace
            where nspname ~ '^insights_(v|build_)' and nspname not in (select schema_name from insights.versions)
            """)).ShouldBe("0", "Schemas that belong to no version.");
        (await Setup.RowAsync("select count(*) - count(distinct run_id) from insights.versions where run_id is not null")).ShouldBe("0", "Versions of the same run.");
        var (tables, notices) = (await TablesAsync(), await NoticesAsync());
        await RebuildAsync(Setup.Worker());
        (await TablesAsync()).ShouldBe(tables);
        (await NoticesAsync()).ShouldBe(notices);
    }

    /// <summary>Ends all workers, as an operator does.</summary>
    internal async Task StopAsync()
    {
        foreach (var worker in _workers.Where(worker => worker.IsRunning))
        {
            (await worker.TerminateAsync()).ShouldBe(0, worker.Output);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        Release();
        await Setup.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Line(int line, int day) => Rows.Line(1 + (line % 12), (day * 100) + (line % 12), day, 1 + (line % 25), $"{1 + (line % 9)}.25");

    private static async Task RebuildAsync(WebApplication worker)
    {
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync(RunRequests.Rebuild, TestContext.Current.CancellationToken);
        var lease = await WorkerSetup.TakeAsync(worker);
        await WorkerSetup.WorkAsync(worker, lease);
    }

    private async Task<IReadOnlyList<string>> TablesAsync()
    {
        List<string> rows = [];
        foreach (var table in WorkerSetup.EveryLoad.Published)
        {
            rows.AddRange((await Setup.RowsAsync($"select published::text from insights.{table.Name} as published order by 1")).Select(row => $"{table.Name}: {row}"));
        }

        return rows;
    }

    /// <summary>Without those that compare a table's rows with the version before, which a rebuild has another one of.</summary>
    private Task<IReadOnlyList<string>> NoticesAsync() => Setup.RowsAsync(
        """
        select code, count, message
        from insights.version_notices
        where version = (select max(version) from insights.versions) and code not like '%\_rows'
        order by ordinal, code
        """);
}
