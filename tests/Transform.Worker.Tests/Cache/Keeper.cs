using System.Globalization;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Tests.Computing;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.Cache;

/// <summary>A lake, and the cache of a worker that makes tables of it again and again.</summary>
internal sealed class Keeper : IDisposable
{
    private static readonly ModelCatalog Embedded = ModelCatalog.Embedded();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cache-test-");
    private readonly ModelCatalog _models;
    private readonly IOptions<TransformOptions> _options;
    private TransformSettings _settings;
    private readonly Engine _other;
    private Engine _engine;
    private WarehouseCache _cache;

    internal Keeper(ModelCatalog? models = null, TransformSettings? settings = null)
    {
        _models = models ?? Embedded;
        _settings = settings ?? Computed.Defaults;
        _options = Options.Create(new TransformOptions
        {
            TempDirectory = _folder.FullName,
            CacheDirectory = Path.Combine(_folder.FullName, "cache"),
            Threads = 1,
            // Small lakes: every load is a large part of them.
            RefreshUpTo = double.MaxValue,
        });
        _other = new Engine(_options, TimeProvider.System);
        _engine = new Engine(_options, TimeProvider.System);
        _cache = Cache();
    }

    internal TestLake Lake { get; private set; } = new();

    internal string CacheFile => Path.Combine(_folder.FullName, "cache", "transform.duckdb");

    /// <summary>The models on a schedule are made whole, by the same statement as ever: there is nothing to compare.</summary>
    private IReadOnlySet<string> Waiting => _models.WaitingBesides(new HashSet<string>(StringComparer.Ordinal));

    /// <summary>How many rows the published tables of the version before have.</summary>
    internal IReadOnlyList<(string Table, long Rows)> RowsBefore { get; set; } = [];

    /// <summary>From now on the settings are others, as after a restart.</summary>
    internal Keeper With(TransformSettings settings)
    {
        _settings = settings;
        Restart();
        return this;
    }

    /// <summary>The worker is another process from now on: it opens the cache anew.</summary>
    internal void Restart()
    {
        _engine.Dispose();
        _engine = new Engine(_options, TimeProvider.System);
        _cache = Cache();
    }

    /// <summary>Begins with an empty lake and without a cache. The engines stay, since opening them takes longer than a short history.</summary>
    internal void BeginAnew()
    {
        _cache.Close();
        _cache = Cache();
        if (Path.GetDirectoryName(CacheFile) is { } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Lake.Dispose();
        Lake = new TestLake();
        RowsBefore = [];
    }

    /// <summary>Makes the tables as a run does.</summary>
    internal Task<MadeTables> MakeAsync(bool anew = false, params string[] asked)
    {
        var maker = new TableMaker(_engine, _cache, new Computation(_models, _settings, Lake.Layout), _models, Lake.Layout, _options, NullLogger<TableMaker>.Instance);
        return maker.MakeAsync(Lake.Inputs, Fingerprint.OfParts(Lake.Inputs, _settings, _models), new MakingOrder(anew, asked.ToHashSet(StringComparer.Ordinal), Waiting, RowsBefore), TestContext.Current.CancellationToken);
    }

    /// <summary>Makes the tables, compares each with those that are made anew, in memory, and keeps them.</summary>
    /// <returns>Whether they were brought up to date, and how many of them changed by rows that are known.</returns>
    internal async Task<(bool IsRefreshed, int Changed)> CompareAsync(string step)
    {
        await using var made = await MakeAsync();
        await foreach (var _ in made.Computing.FinishedAsync(TestContext.Current.CancellationToken))
        {
        }

        made.Computing.Failures.Values.Select(failure => failure.EngineText).ShouldBeEmpty(step);
        using var anew = await _other.OpenAsync(TestContext.Current.CancellationToken);
        var failures = await new Computation(_models, _settings, Lake.Layout).ComputeAsync(anew, Lake.Inputs, Waiting, _ => { }, TestContext.Current.CancellationToken);
        failures.Values.Select(failure => failure.EngineText).ShouldBeEmpty(step);
        foreach (var table in _models.Models.Select(model => model.Name).Except(Waiting, StringComparer.Ordinal).Concat(_models.Stored).Append(NoticeTable.Name))
        {
            Rows(made.Warehouse, table).ShouldBe(Rows(anew, table), $"{step}: {table}");
        }

        await made.KeepAsync(TestContext.Current.CancellationToken);
        var changes = made.Refreshed?.Changes.Where(change => change.Value.Kind is TableChangeKind.Rows) ?? [];
        return (made.Refreshed is not null, changes.Count(change => _models.Models.Any(model => string.Equals(model.Name, change.Key, StringComparison.Ordinal))));
    }

    /// <summary>Changes what the cache has, as a fault would. The worker is another process afterwards.</summary>
    internal async Task SpoilAsync(string sql)
    {
        Restart();
        using var warehouse = await Warehouse.OpenAsync(new TransformOptions { TempDirectory = _folder.FullName }, CacheFile, TestContext.Current.CancellationToken);
        await warehouse.ExecuteAsync(sql, TestContext.Current.CancellationToken);
    }

    /// <summary>Deletes the cache, or spoils it.</summary>
    internal void Damage(Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                File.Delete(CacheFile);
                break;
            case 1:
                File.WriteAllText(CacheFile, "no database");
                break;
            default:
                using (var file = File.Open(CacheFile, FileMode.Open))
                {
                    file.SetLength(file.Length / 2);
                }

                break;
        }
    }

    internal static IReadOnlyList<string> Rows(Warehouse warehouse, string table)
    {
        using var command = warehouse.Connection.CreateCommand();
        command.CommandText = $"from {table}";
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "-" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private WarehouseCache Cache() => new(_engine, _options, _settings, _models, NullLogger<WarehouseCache>.Instance);

    public void Dispose()
    {
        _engine.Dispose();
        _other.Dispose();
        Lake.Dispose();
        _folder.Delete(recursive: true);
    }
}
