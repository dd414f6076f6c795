using System.Collections.Concurrent;
using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Models;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>
/// Copies of the lake's files in DuckDB's own format: a few lines of millions are found in milliseconds there, because they are sorted by household and the engine stays
/// open. A file never changes, so it is copied once, when a reading needs it for the first time. The database is only a cache, begun anew with every start.
/// </summary>
internal sealed class LineStore(IOptions<LineOptions> options, IOptions<TransformOptions> transform, ModelCatalog models, LakeLayout layout) : IDisposable
{
    private const string FileName = "lines.duckdb";
    private const string Database = "lines";

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, int> _copies = new(StringComparer.Ordinal);
    private readonly LineModels _models = new(models);
    private Warehouse? _engine;
    private int _numbered;
    private int _readings;

    /// <summary>Begins a reading: copies what is not copied yet, and connects. Copying goes on when the reading is cancelled, so that the next one finds it done.</summary>
    /// <exception cref="DuckDBException">A file cannot be read, or there is no room for its copy.</exception>
    /// <exception cref="IOException">The cache folder cannot be used.</exception>
    /// <exception cref="BeingCopiedException">It was cancelled while files were being copied.</exception>
    internal async Task<LineReading> OpenAsync(LineSources sources, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readings);
        try
        {
            // The engine does not wait but works, so that only another thread's work can be left to itself.
            var (engine, copies) = _engine is { } ready && Find(sources) is { } known
                ? (ready, known)
                : await WaitAsync(Task.Run(() => CopiedAsync(sources), CancellationToken.None), cancellationToken);
            var warehouse = await engine.UseAsync(Database, () => Interlocked.Decrement(ref _readings), cancellationToken);
            return new LineReading(warehouse, sources, copies, this);
        }
        catch
        {
            Interlocked.Decrement(ref _readings);
            throw;
        }
    }

    /// <summary>The table of a model for what is read; making it goes on when the reading is cancelled.</summary>
    internal Task<string> TableAsync(string model, LineSources sources, IReadOnlyDictionary<string, int> copies, CancellationToken cancellationToken)
    {
        return Task.Run(MakeAsync, CancellationToken.None).WaitAsync(cancellationToken);

        async Task<string> MakeAsync()
        {
            await _one.WaitAsync(CancellationToken.None);
            try
            {
                if (_models.Find(model, sources) is { } made)
                {
                    return made;
                }

                var engine = _engine ?? throw new InvalidOperationException("A reading has begun before it asks for a model.");
                using var reading = new LineReading(await engine.UseAsync(Database, left: null, CancellationToken.None), sources, copies, this);
                return await _models.MakeAsync(model, reading, mayDrop: Volatile.Read(ref _readings) <= 1);
            }
            finally
            {
                _one.Release();
            }
        }
    }

    /// <summary>After an error: an engine that answers nothing any more is replaced.</summary>
    internal async Task CheckAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (_engine is { } engine)
            {
                await engine.ScalarAsync("select 1", CancellationToken.None);
            }
        }
        catch (DuckDBException)
        {
            End();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        End();
        _one.Dispose();
    }

    /// <summary>The engine, and the number of every file's copy.</summary>
    private async Task<(Warehouse Engine, Dictionary<string, int> Copies)> CopiedAsync(LineSources sources)
    {
        await _one.WaitAsync();
        try
        {
            _engine ??= await BeginAsync();
            await DropGoneAsync(_engine, sources);
            foreach (var (table, file) in LakeTables.All.SelectMany(table => sources.FilesOf(table.Name).Select(file => (table, file))))
            {
                if (!_copies.ContainsKey(file))
                {
                    _copies[file] = await CopyAsync(_engine, table, file);
                }
            }

            return (_engine, Find(sources) ?? throw new InvalidOperationException("Every file has just been copied."));
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<T> WaitAsync<T>(Task<T> copied, CancellationToken cancellationToken)
    {
        try
        {
            return await copied.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException cancelled) when (!copied.IsCanceled)
        {
            throw new BeingCopiedException(cancelled);
        }
    }

    /// <summary>Null when a file is not copied.</summary>
    private Dictionary<string, int>? Find(LineSources sources)
    {
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        return sources.Files.All(file => _copies.TryGetValue(file, out var number) && found.TryAdd(file, number)) ? found : null;
    }

    private async Task<int> CopyAsync(Warehouse engine, LakeTable table, string file)
    {
        var number = ++_numbered;
        try
        {
            await engine.ExecuteAsync(LineTables.Create(table, file, number, layout), CancellationToken.None);
            return number;
        }
        catch (DuckDBException)
        {
            await engine.ExecuteAsync(LineTables.Drop(number), CancellationToken.None);
            throw;
        }
    }

    private async Task<Warehouse> BeginAsync()
    {
        var folder = PrivateFiles.CreateDirectory(transform.Value.CacheFolder);
        foreach (var left in folder.EnumerateFiles(FileName + '*'))
        {
            left.Delete();
        }

        var bounds = new TransformOptions { Threads = options.Value.Threads, MemoryLimit = options.Value.MemoryLimit, TempDirectory = transform.Value.TempDirectory };
        var engine = await Warehouse.OpenAsync(bounds, CancellationToken.None);
        try
        {
            await engine.ExecuteAsync(
                $"""
                set max_temp_directory_size = {SqlText.Literal(options.Value.SpillLimit)};
                attach {SqlText.Literal(Path.Combine(folder.FullName, FileName))} as {Database};
                use {Database};
                {models.Macros}
                """,
                CancellationToken.None);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Drops copies of files that the lake has removed since, while nobody else reads.</summary>
    private async Task DropGoneAsync(Warehouse engine, LineSources sources)
    {
        foreach (var (file, number) in _copies.Where(copy => !sources.Files.Contains(copy.Key, StringComparer.Ordinal) && !File.Exists(layout.FullPath(copy.Key))).ToList())
        {
            // A reading is counted before it looks for its copies. Whoever has found this one is counted by now, and whoever comes later does not find it.
            _copies.TryRemove(file, out _);
            if (Volatile.Read(ref _readings) > 1)
            {
                _copies[file] = number;
                return;
            }

            await engine.ExecuteAsync(LineTables.Drop(number), CancellationToken.None);
        }
    }

    private void End()
    {
        _copies.Clear();
        _models.Clear();
        _engine?.Dispose();
        _engine = null;
    }
}

/// <summary>A reading was cancelled before it began, while files were being copied for it.</summary>
internal sealed class BeingCopiedException(OperationCanceledException cancelled) : OperationCanceledException("Files are being copied.", cancelled, cancelled.CancellationToken);

/// <summary>The tables that hold the copy of a file: its rows with load and line, and of transactions its baskets with their households and loads, each once.</summary>
internal static class LineTables
{
    internal static string Rows(int number) => string.Create(CultureInfo.InvariantCulture, $"rows_{number}");

    internal static string Units(LakeTable table, int number) => table.Unit is ReplacementUnit.Group ? UnitsTable(number) : Rows(number);

    internal static string Create(LakeTable table, string file, int number, LakeLayout layout)
    {
        var units = string.Join(", ", table.UnitColumns);
        var copy = $"create table {Rows(number)} as {TracedRows.OfFile(table, file, layout)} order by {(table.Unit is ReplacementUnit.Group ? "household_key" : units)};";
        return table.Unit is ReplacementUnit.Group
            ? $"{copy} create table {UnitsTable(number)} as select distinct {units}, household_key, {LakeLayout.PartitionColumn} from {Rows(number)};"
            : copy;
    }

    internal static string Drop(int number) => $"drop table if exists {Rows(number)}; drop table if exists {UnitsTable(number)};";

    private static string UnitsTable(int number) => string.Create(CultureInfo.InvariantCulture, $"units_{number}");
}
