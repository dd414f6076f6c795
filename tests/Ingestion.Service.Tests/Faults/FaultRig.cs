using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DuckDB.NET.Data;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Faults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>A database, a lake, a listener and the service's process, and what must hold after every fault.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(60);

    /// <summary>The file is read and the Parquet file complete, but nothing is registered.</summary>
    internal const string Written = FaultPoint.After + "parse";

    /// <summary>The Parquet file is in its place and the catalog's rows are written, but not committed.</summary>
    internal const string Committing = FaultPoint.Committing + "commit load";

    /// <summary>Committed; neither answered nor dispatched.</summary>
    internal const string Committed = FaultPoint.Committed + "commit load";

    /// <summary>The broker confirmed the message, which is not marked sent yet.</summary>
    internal const string Confirmed = FaultPoint.After + "dispatch outbox";

    private readonly string _database;
    private readonly Uri _broker;
    private readonly bool _ownsLake;
    private ServiceProcess? _service;
    private NamedPipeServerStream? _hold;

    private FaultRig(string database, Uri broker, Announcements announcements, string? lake)
    {
        _database = database;
        _broker = broker;
        _ownsLake = lake is null;
        Announcements = announcements;
        Lake = lake ?? Directory.CreateTempSubdirectory("dunnhumby-faults-").FullName;
    }

    internal Announcements Announcements { get; }

    internal string Lake { get; }

    internal ServiceProcess Service => _service ?? throw new InvalidOperationException("The service was not started.");

    internal static async Task<FaultRig> CreateAsync(string database, Uri broker, string? lake = null)
    {
        var rig = new FaultRig(database, broker, await Announcements.ListenAsync(broker), lake);
        await using var catalog = rig.Catalog();
        await catalog.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return rig;
    }

    /// <summary>Starts the service, in the place of the one before.</summary>
    /// <param name="point">A <see cref="FaultPoint"/>: where it kills itself.</param>
    /// <param name="holds">It only holds there, until <see cref="Release"/>.</param>
    /// <param name="settings">More of its environment.</param>
    internal async Task StartAsync(string point = "", bool holds = false, params (string Name, string Value)[] settings)
    {
        await StopAsync();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__warehouse"] = _database,
            ["ConnectionStrings__lake"] = Lake,
            ["ConnectionStrings__messaging"] = _broker.ToString(),
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

        _service = await ServiceProcess.StartAsync("Ingestion.Service", environment);
    }

    /// <summary>Waits until the service holds at its point.</summary>
    internal async Task ReachedAsync()
    {
        var hold = _hold ?? throw new InvalidOperationException("The service was not started to hold.");
        try
        {
            await hold.WaitForConnectionAsync(TestContext.Current.CancellationToken).WaitAsync(HoldLimit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException(Service.Output, late);
        }
    }

    /// <summary>Lets a service that holds go on.</summary>
    internal void Release()
    {
        _hold?.Dispose();
        _hold = null;
    }

    internal async Task<HttpResponseMessage> UploadAsync(string dataset, string csv, string query = "")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await Service.Client.PostAsync(new Uri($"/loads/{dataset}{query}", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>What a patient client does: sends the file again until there is a load. False when the service went away meanwhile.</summary>
    internal async Task<bool> TryUploadAsync(string dataset, string csv)
    {
        try
        {
            using var response = await UploadAsync(dataset, csv);
            return response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    internal LakeCatalog Catalog()
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database) { Pooling = false }));
        return new LakeCatalog(options.Options);
    }

    /// <summary>
    /// The lake, read with DuckDB by the catalog's list, is the rows of exactly these files; each has one load, and a consumer that knows its messages by their id
    /// is told of each load once.
    /// </summary>
    internal async Task ShouldHoldAsync(string dataset, IReadOnlyCollection<string> files)
    {
        var table = LakeTables.Find(dataset) ?? throw new ArgumentException("No such data set.", nameof(dataset));
        await Eventually.TrueAsync(async () => !(await OutboxAsync()).Any(row => row.SentAt is null), otherwise: () => Service.Output);
        await using var catalog = Catalog();
        var loads = await catalog.Loads.Include(load => load.Files).Where(load => load.Dataset == dataset && load.State == LoadStates.Completed).ToListAsync(TestContext.Current.CancellationToken);
        loads.Count.ShouldBe(files.Count, Service.Output);
        var listed = loads.SelectMany(load => load.Files).Select(file => Path.Combine(Lake, file.Path)).ToList();
        listed.ShouldAllBe(path => File.Exists(path));
        var expected = files.SelectMany(csv => ReferenceReader.Read(table, Encoding.UTF8.GetBytes(csv)).Rows);
        (await RowsAsync(table, listed)).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
        var mine = (await OutboxAsync()).Select(row => row.MessageId).ToHashSet();
        await Eventually.TrueAsync(() => Announcements.Of(mine).DistinctBy(received => received.Id).Count() == loads.Count, otherwise: () => Service.Output);
        Announcements.Of(mine).DistinctBy(received => received.Id).Select(received => received.Message.LoadId).ShouldBe(loads.Select(load => load.Id), ignoreOrder: true);
    }

    /// <summary>One sweep, by a service that takes every file the catalog does not know for old enough, leaves no orphan.</summary>
    internal async Task ShouldBeSweptAsync()
    {
        var last = await LastRoundAsync();
        await StartAsync(settings: [("LakeCare__Interval", "00:00:00.2"), ("LakeCare__OrphanGrace", "00:00:00")]);
        await Eventually.TrueAsync(async () => await LastRoundAsync() > last, otherwise: () => Service.Output);
        await ShouldHaveNoOrphanAsync();
    }

    /// <summary>Nothing is staged, and the lake has no file that the catalog does not list.</summary>
    internal async Task ShouldHaveNoOrphanAsync()
    {
        await using var catalog = Catalog();
        var listed = await catalog.Files.Select(file => file.Path).ToListAsync(TestContext.Current.CancellationToken);
        Directory.GetFiles(Lake, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Lake, path))
            .Where(path => !path.StartsWith(LakeLayout.Manifests, StringComparison.Ordinal))
            .ShouldBe(listed, ignoreOrder: true);
    }

    internal async Task<List<OutboxMessage>> OutboxAsync()
    {
        await using var catalog = Catalog();
        return await catalog.Outbox.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Announcements.DisposeAsync();
        if (_ownsLake)
        {
            Directory.Delete(Lake, recursive: true);
        }
    }

    private async Task<long> LastRoundAsync()
    {
        await using var catalog = Catalog();
        return await catalog.CareRounds.MaxAsync(round => (long?)round.Id, TestContext.Current.CancellationToken) ?? 0;
    }

    private async Task StopAsync()
    {
        if (_service is { } service)
        {
            await service.DisposeAsync();
        }

        Release();
    }

    private static async Task<List<string>> RowsAsync(LakeTable table, List<string> paths)
    {
        if (paths.Count == 0)
        {
            return [];
        }

        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        var values = table.Columns.Select(column => column.Kind == ColumnKind.Money ? $"({column.Name} * 100)::bigint::varchar" : $"coalesce({column.Name}::varchar, '')");
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"select concat_ws('|', {string.Join(", ", values)}) from read_parquet([{string.Join(", ", paths.Select(path => $"'{path}'"))}], hive_partitioning = false)");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
