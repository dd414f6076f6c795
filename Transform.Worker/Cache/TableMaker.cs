using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Cache;

/// <summary>Makes the tables of a run: from those of the last one where that is less work, otherwise all of them from the lake.</summary>
internal sealed partial class TableMaker(Engine engine, WarehouseCache cache, Computation computation, ModelCatalog models, LakeLayout layout, IOptions<TransformOptions> options, ILogger<TableMaker> logger)
{
    /// <summary>Rows of changed loads. A day of the panel has 4,000.</summary>
    private const long MostForOneThread = 50_000;

    /// <param name="inputs">What to make them from.</param>
    /// <param name="parts">What each part is made from, as <see cref="Fingerprint.OfParts"/> has it.</param>
    /// <param name="order">How to make them.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal async Task<MadeTables> MakeAsync(
        LakeInputs inputs, IReadOnlyDictionary<string, string> parts, MakingOrder order, CancellationToken cancellationToken)
    {
        if (!order.Anew && options.Value.RefreshUpTo > 0 && await RefreshAsync(inputs, parts, order, cancellationToken) is { } made)
        {
            return made;
        }

        cache.Close();
        var warehouse = await engine.OpenAsync(cancellationToken);
        await warehouse.ExecuteAsync(order.Variables, cancellationToken);
        return new MadeTables(
            warehouse,
            RunningComputation.Start((finished, stop) => computation.ComputeAsync(warehouse, inputs, order.Waiting, finished, stop), cancellationToken),
            Refreshed: null,
            stop => options.Value.RefreshUpTo > 0 ? cache.WriteAsync(warehouse, order.Waiting, inputs, parts, stop) : Task.CompletedTask);
    }

    private async Task<MadeTables?> RefreshAsync(
        LakeInputs inputs, IReadOnlyDictionary<string, string> parts, MakingOrder order, CancellationToken cancellationToken)
    {
        if (await cache.OpenAsync(cancellationToken) is not { } kept)
        {
            return null;
        }

        try
        {
            if (models.Stored.All(dataset => IsLittle(dataset, kept.State, inputs)))
            {
                using var activity = TransformTelemetry.Activities.StartActivity("refresh");
                await engine.UseThreadsAsync(order.Asked.Count == 0 && models.Stored.Sum(dataset => Changed(dataset, kept.State, inputs)) <= MostForOneThread, cancellationToken);
                await computation.SetVariablesAsync(kept.Warehouse, cancellationToken);
                await kept.Warehouse.ExecuteAsync(order.Variables, cancellationToken);
                var refresh = new Refresh(models, layout, kept.Warehouse, kept.State, inputs, order.Asked, order.Waiting);
                var changes = await refresh.RunAsync(cancellationToken);
                return new MadeTables(
                    kept.Warehouse, RunningComputation.Finished(refresh.Steps), new RefreshedTables(changes, kept.State.Parts), stop => cache.CommitAsync(kept.Warehouse, inputs, parts, stop));
            }
        }
        catch (Exception failure) when (failure is DuckDBException or RefreshFailedException && !cancellationToken.IsCancellationRequested)
        {
            Log.NotRefreshed(logger, failure);
            kept.Warehouse.Dispose();
            cache.Abandon();
            return null;
        }
        catch
        {
            kept.Warehouse.Dispose();
            throw;
        }

        kept.Warehouse.Dispose();
        return null;
    }

    private bool IsLittle(string dataset, CachedState state, LakeInputs inputs) =>
        Changed(dataset, state, inputs) <= state.Loads.Where(load => string.Equals(load.Dataset, dataset, StringComparison.Ordinal)).Sum(load => load.Rows) * options.Value.RefreshUpTo;

    /// <summary>The rows of the loads that came and went.</summary>
    private static long Changed(string dataset, CachedState state, LakeInputs inputs)
    {
        var now = inputs.Loads.Where(load => string.Equals(load.Dataset, dataset, StringComparison.Ordinal)).ToDictionary(load => load.Id, load => load.Loaded);
        var before = state.Loads.Where(load => string.Equals(load.Dataset, dataset, StringComparison.Ordinal)).ToDictionary(load => load.Id, load => load.Rows);
        return now.Where(load => !before.ContainsKey(load.Key)).Concat(before.Where(load => !now.ContainsKey(load.Key))).Sum(load => load.Value);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The tables of the last run could not be brought up to date: the run makes everything from the lake")]
        public static partial void NotRefreshed(ILogger logger, Exception reason);
    }
}

/// <summary>How a run makes its tables.</summary>
/// <param name="Anew">Whether nothing of the last run is used.</param>
/// <param name="Asked">The models that are made whole in any case.</param>
/// <param name="Waiting">The models and data tests whose time has not come: they are not made.</param>
/// <param name="RowsBefore">How many rows the published tables have.</param>
internal sealed record MakingOrder(bool Anew, IReadOnlySet<string> Asked, IReadOnlySet<string> Waiting, IReadOnlyList<(string Table, long Rows)> RowsBefore)
{
    /// <summary>What tests compare with, for the connection that runs them.</summary>
    internal string Variables => RowsBefore.Count == 0 ? "select 1" : DeclaredRows.Variables(RowsBefore);
}

/// <summary>The tables of a run, or their making.</summary>
/// <param name="Warehouse">It holds them.</param>
/// <param name="Computing">Tells which are finished.</param>
/// <param name="Refreshed">What was changed in those of the last run; null when all are made anew.</param>
/// <param name="KeepAsync">
/// Makes them those that the next run goes on from. It comes after publishing, since readers wait for that; when the process ends between the two, the next
/// run goes on from what the last one kept.
/// </param>
internal sealed record MadeTables(Warehouse Warehouse, RunningComputation Computing, RefreshedTables? Refreshed, Func<CancellationToken, Task> KeepAsync) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Computing.DisposeAsync();
        Warehouse.Dispose();
    }
}

/// <summary>What a refresh did.</summary>
/// <param name="Changes">How each data set and model changed.</param>
/// <param name="PartsBefore">What each part was made from before.</param>
internal sealed record RefreshedTables(IReadOnlyDictionary<string, TableChange> Changes, IReadOnlyDictionary<string, string> PartsBefore);
