using System.Text.Json;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Cache;

/// <summary>
/// The DuckDB file in which a worker keeps the tables of its last run, so that the next one makes only what changed. It is nothing but a cache: without it, or
/// when it is damaged, of other models or in another worker's hands, a run makes everything from the lake. Between refreshes it stays open, so that the next one finds
/// in memory what the last one read.
/// </summary>
internal sealed partial class WarehouseCache(Engine engine, IOptions<TransformOptions> options, TransformSettings settings, ModelCatalog models, ILogger<WarehouseCache> logger)
{
    private const string StateTable = "cache_state";
    private const string FileName = "transform.duckdb";
    private const string Attached = "kept";

    /// <summary>The file as it was opened, or as the last run left it; null while it is not open.</summary>
    private (long Length, DateTime Written)? _left;

    private readonly string _recipe = Fingerprint.OfRecipe(settings, models);

    private string Folder => options.Value.CacheFolder;

    private string DatabaseFile => Path.Combine(Folder, FileName);

    /// <summary>Opens what the last run kept; null when there is nothing that can be gone on from.</summary>
    internal async Task<(Warehouse Warehouse, CachedState State)?> OpenAsync(CancellationToken cancellationToken)
    {
        if (_left is { } left && Look() != left)
        {
            // Somebody else had his hands on it. Closing would write what is in memory into a file of which other parts are lost, so it goes first.
            Discard();
        }

        if (!File.Exists(DatabaseFile))
        {
            return null;
        }

        Warehouse? warehouse = null;
        try
        {
            warehouse = await engine.OpenAsync(DatabaseFile, Attached, cancellationToken);
            _left ??= Look();
            if (await warehouse.TextAsync($"select state from {StateTable}", cancellationToken) is { } text
                && JsonSerializer.Deserialize<CachedState>(text, JsonSerializerOptions.Web) is { } state
                && string.Equals(state.Recipe, _recipe, StringComparison.Ordinal))
            {
                return (warehouse, state);
            }
        }
        catch (Exception unusable) when (unusable is DuckDBException or JsonException or IOException && !cancellationToken.IsCancellationRequested)
        {
            Log.Unusable(logger, unusable);
        }
        catch
        {
            warehouse?.Dispose();
            throw;
        }

        warehouse?.Dispose();
        Abandon();
        return null;
    }

    /// <summary>Closes the file and gives back the memory that it takes.</summary>
    internal void Close()
    {
        engine.Close(Attached);
        _left = null;
    }

    /// <summary>Closes the file, and the engine with it: an error in a file may have left the engine unusable.</summary>
    internal void Abandon()
    {
        engine.End();
        _left = null;
    }

    private void Discard()
    {
        try
        {
            File.Delete(DatabaseFile);
            File.Delete($"{DatabaseFile}.wal");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            Log.Unusable(logger, unusable);
        }

        Abandon();
    }

    /// <summary>Writes a warehouse's tables to the file, so that the next run can go on from them. What was there is gone, even if this fails.</summary>
    /// <param name="made">In memory, with the tables of all models but those that wait.</param>
    /// <param name="waiting">They were not made.</param>
    /// <param name="inputs">What they are made of.</param>
    /// <param name="parts">What each part is made from, as <see cref="Fingerprint.OfParts"/> has it.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    internal async Task WriteAsync(Warehouse made, IReadOnlySet<string> waiting, LakeInputs inputs, IReadOnlyDictionary<string, string> parts, CancellationToken cancellationToken)
    {
        Close();
        try
        {
            PrivateFiles.CreateDirectory(Folder);
            File.Delete(DatabaseFile);
            File.Delete($"{DatabaseFile}.wal");
            var tables = models.Models.Select(model => model.Name).Except(waiting, StringComparer.Ordinal).Concat(models.Stored).Append(NoticeTable.Name);
            // To choose a compression takes longer than to write what it saves.
            await made.ExecuteAsync(
                $"""
                set force_compression = 'uncompressed';
                attach {SqlText.Literal(DatabaseFile)} as {Attached};
                use {Attached};
                begin;
                {models.Macros};
                {string.Concat(tables.Select(table => $"create table {Attached}.main.{table} as from {Origin(table)};\n"))}
                """,
                cancellationToken);
            await SaveAsync(made, inputs, parts, cancellationToken);
            await made.ExecuteAsync($"commit; use {made.Database}; detach {Attached}", cancellationToken);
        }
        catch (Exception unusable) when (unusable is DuckDBException or IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            Log.NotWritten(logger, unusable);
        }

        // The data sets are views.
        string Origin(string table) => models.Stored.Contains(table) ? $"temp.main.{table}" : $"{made.Database}.main.{table}";
    }

    /// <summary>Commits what a refresh changed in the file. If that fails, the next run goes on from what the last one kept, or makes everything.</summary>
    /// <param name="refreshed">The file, in a transaction.</param>
    /// <param name="inputs">What its tables are made of now.</param>
    /// <param name="parts">What each part is made from, as <see cref="Fingerprint.OfParts"/> has it.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    internal async Task CommitAsync(Warehouse refreshed, LakeInputs inputs, IReadOnlyDictionary<string, string> parts, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(refreshed, inputs, parts, cancellationToken);
            await refreshed.ExecuteAsync("commit", cancellationToken);
            _left = Look();
        }
        catch (DuckDBException unusable) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotWritten(logger, unusable);
        }
    }

    private (long Length, DateTime Written) Look()
    {
        var file = new FileInfo(DatabaseFile);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
    }

    /// <summary>Writes down what the tables of the warehouse's current database are made of. Before it is, nothing can be gone on from.</summary>
    private async Task SaveAsync(Warehouse warehouse, LakeInputs inputs, IReadOnlyDictionary<string, string> parts, CancellationToken cancellationToken)
    {
        var state = new CachedState(_recipe, [.. inputs.Loads.Select(load => new CachedLoad(load.Id, load.Dataset, load.Loaded))], parts);
        var text = JsonSerializer.Serialize(state, JsonSerializerOptions.Web);
        await warehouse.ExecuteAsync($"create or replace table {StateTable} as select {SqlText.Literal(text)} as state", cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The cache of the last run cannot be read: the run makes everything from the lake")]
        public static partial void Unusable(ILogger logger, Exception reason);

        [LoggerMessage(LogLevel.Warning, "The cache cannot be written: the next run makes everything from the lake")]
        public static partial void NotWritten(ILogger logger, Exception reason);
    }
}

/// <summary>What the tables of a cache are made of.</summary>
/// <param name="Recipe">The models, tests and settings, as one hash.</param>
/// <param name="Loads">The loads that were completed.</param>
/// <param name="Parts">What each published table and notice is made from, as <see cref="Fingerprint.OfParts"/> has it.</param>
internal sealed record CachedState(string Recipe, IReadOnlyList<CachedLoad> Loads, IReadOnlyDictionary<string, string> Parts);

/// <summary>A load whose rows a cache has.</summary>
internal sealed record CachedLoad(long Id, string Dataset, long Rows);
