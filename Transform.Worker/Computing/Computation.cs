using System.Diagnostics;
using DuckDB.NET.Data;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>
/// Computes all models over the lake, then tests them. A model that fails takes with it what is made from it, and nothing else: the others are computed.
/// </summary>
internal sealed class Computation(ModelCatalog models, TransformSettings settings, LakeLayout layout)
{
    /// <summary>Leaves every model that neither waits nor fails as a table of <paramref name="warehouse"/>, and the notices as the table <see cref="NoticeTable"/>.</summary>
    /// <param name="warehouse">Empty.</param>
    /// <param name="inputs">What to compute from.</param>
    /// <param name="waiting">The models and data tests whose time has not come.</param>
    /// <param name="finished">Is told of each model when its table is computed. A test may still stop it.</param>
    /// <param name="cancellationToken">Interrupts the query that runs.</param>
    /// <returns>Why models and data sets failed, by name.</returns>
    internal async Task<IReadOnlyDictionary<string, ModelFailure>> ComputeAsync(
        Warehouse warehouse, LakeInputs inputs, IReadOnlySet<string> waiting, Action<RunStep> finished, CancellationToken cancellationToken)
    {
        Dictionary<string, ModelFailure> failures = new(StringComparer.Ordinal);
        await PrepareAsync(warehouse, inputs, failures, cancellationToken);
        foreach (var model in models.Models.Where(model => !waiting.Contains(model.Name)))
        {
            await TryAsync(model.Name, model.Inputs, failures, () => ComputeAsync(model, warehouse, finished, cancellationToken), cancellationToken);
        }

        await TestAsync(warehouse, waiting, failures, cancellationToken);
        await NoticeAsync(warehouse, waiting, failures, cancellationToken);
        return failures;
    }

    /// <summary>Does the work of a model or test whose inputs are there; the engine's error becomes the failure of <paramref name="name"/>.</summary>
    private static async Task TryAsync(
        string name, IEnumerable<string> inputs, Dictionary<string, ModelFailure> failures, Func<Task> work, CancellationToken cancellationToken)
    {
        if (inputs.Where(failures.ContainsKey).FirstOrDefault() is { } missing)
        {
            failures.TryAdd(name, failures[missing]);
            return;
        }

        try
        {
            await work();
        }
        catch (DuckDBException failure) when (!cancellationToken.IsCancellationRequested)
        {
            failures[name] = ModelFailure.OfEngine(name, failure);
        }
    }

    private static async Task ComputeAsync(Model model, Warehouse warehouse, Action<RunStep> finished, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity($"model {model.Name}");
        var started = Stopwatch.GetTimestamp();
        await warehouse.ExecuteAsync($"create table {model.Name} as {model.Query}", cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var step = await warehouse.MeasureAsync(new RunStep(model.Name, RunStepKinds.Whole, Math.Round(seconds, 4), Removed: null, Added: null, []), cancellationToken);
        activity?.SetTag("db.system.name", "duckdb").SetTag("db.operation.name", "CREATE TABLE").SetTag("db.collection.name", model.Name)
            .SetTag("dunnhumby.model", model.Name).SetTag("dunnhumby.rows", step.Rows).SetTag("dunnhumby.seconds", seconds);
        TransformTelemetry.ModelDuration.Record(seconds, new KeyValuePair<string, object?>("dunnhumby.model", model.Name));
        finished(step);
    }

    private async Task PrepareAsync(
        Warehouse warehouse, LakeInputs inputs, Dictionary<string, ModelFailure> failures, CancellationToken cancellationToken)
    {
        await SetVariablesAsync(warehouse, cancellationToken);
        await warehouse.ExecuteAsync($"{NoticeTable.Create}; {models.Macros}", cancellationToken);
        foreach (var table in LakeTables.All)
        {
            await TryAsync(
                table.Name, [], failures, () => warehouse.ExecuteAsync(DatasetViews.Create(table, inputs, layout, isStored: false), cancellationToken), cancellationToken);
        }
    }

    /// <summary>Tells a connection the settings, as variables that models read.</summary>
    internal Task SetVariablesAsync(Warehouse warehouse, CancellationToken cancellationToken) => warehouse.ExecuteAsync(settings.Variables, cancellationToken);

    private async Task TestAsync(Warehouse warehouse, IReadOnlySet<string> waiting, Dictionary<string, ModelFailure> failures, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("data tests");
        foreach (var test in models.Tests.Where(test => !waiting.Contains(test.Stops)))
        {
            await TryAsync(test.Stops, test.Tested, failures, TestAsync, cancellationToken);

            async Task TestAsync()
            {
                if (await warehouse.CountAsync(test.Query, cancellationToken) is > 0 and var offending)
                {
                    failures[test.Stops] = ModelFailure.OfTest(test, offending);
                }
            }
        }

        foreach (var model in models.Models.Where(model => !waiting.Contains(model.Name)))
        {
            await TryAsync(model.Name, model.Inputs, failures, () => Task.CompletedTask, cancellationToken);
        }
    }

    private async Task NoticeAsync(Warehouse warehouse, IReadOnlySet<string> waiting, Dictionary<string, ModelFailure> failures, CancellationToken cancellationToken)
    {
        foreach (var model in models.Notices)
        {
            await TryAsync(NoticeTable.Name, [model.Name], failures, () => warehouse.ExecuteAsync(NoticeTable.Replace(model), cancellationToken), cancellationToken);
        }

        foreach (var (index, test) in models.DataTests.Index().Where(indexed => !waiting.Contains(indexed.Item.Name)))
        {
            await TryAsync(NoticeTable.Name, test.Inputs, failures, () => warehouse.ExecuteAsync(NoticeTable.Replace(index, test), cancellationToken), cancellationToken);
        }
    }
}
