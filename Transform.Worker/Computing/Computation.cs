using System.Diagnostics;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>
/// Computes the models of a plan over the lake, then tests them. A model that fails takes with it what is made from it, and nothing else: the others are computed.
/// </summary>
internal sealed class Computation(ModelCatalog models, TransformSettings settings, LakeLayout layout)
{
    /// <summary>The table of all notices, made from the notice models and the data tests.</summary>
    internal const string Notices = "notices";

    /// <summary>Notices that come from data tests are listed behind those of the models.</summary>
    private const int FirstOfDataTests = 1_000;

    /// <summary>Leaves every planned model that does not fail as a table of <paramref name="warehouse"/>, and the notices as table <see cref="Notices"/>.</summary>
    /// <param name="warehouse">Empty.</param>
    /// <param name="inputs">What to compute from.</param>
    /// <param name="plan">What to compute.</param>
    /// <param name="finished">Told the name of each model when its table is there. A test may still stop it.</param>
    /// <param name="cancellationToken">Interrupts the query that runs.</param>
    /// <returns>Why models and data sets failed, by name.</returns>
    internal async Task<IReadOnlyDictionary<string, ModelFailure>> ComputeAsync(
        Warehouse warehouse, LakeInputs inputs, ComputationPlan plan, Action<string> finished, CancellationToken cancellationToken)
    {
        Dictionary<string, ModelFailure> failures = new(StringComparer.Ordinal);
        await PrepareAsync(warehouse, inputs, plan, failures, cancellationToken);
        foreach (var model in models.Models.Where(model => plan.Computes(model.Name)))
        {
            await TryAsync(model.Name, model.Inputs, failures, () => ComputeAsync(model, warehouse, finished, cancellationToken), cancellationToken);
        }

        await TestAsync(warehouse, plan, failures, cancellationToken);
        await NoticeAsync(warehouse, plan, failures, cancellationToken);
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

    private static async Task ComputeAsync(Model model, Warehouse warehouse, Action<string> finished, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity($"model {model.Name}");
        var started = Stopwatch.GetTimestamp();
        await warehouse.ExecuteAsync($"create table {model.Name} as {model.Query}", cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        // The statement itself does not tell; a whole table's count is known without reading it.
        var rows = activity is null ? 0 : await warehouse.CountAsync($"from {model.Name}", cancellationToken);
        activity?.SetTag("db.system.name", "duckdb").SetTag("db.operation.name", "CREATE TABLE").SetTag("db.collection.name", model.Name)
            .SetTag("dunnhumby.model", model.Name).SetTag("dunnhumby.rows", rows).SetTag("dunnhumby.seconds", seconds);
        TransformTelemetry.ModelDuration.Record(seconds, new KeyValuePair<string, object?>("dunnhumby.model", model.Name));
        finished(model.Name);
    }

    private async Task PrepareAsync(
        Warehouse warehouse, LakeInputs inputs, ComputationPlan plan, Dictionary<string, ModelFailure> failures, CancellationToken cancellationToken)
    {
        await warehouse.ExecuteAsync(
            $"""
            set variable first_day = {settings.FirstDay};
            set variable last_day = {settings.LastDay};
            set variable excluded_commodities = {SqlText.List(settings.ExcludedCommodities)}::varchar[];
            set variable recency_days = {SqlText.List(settings.RecencyDays)};
            create table {Notices} (ordinal integer, code varchar, part varchar, count bigint, message varchar);
            """,
            cancellationToken);
        await warehouse.ExecuteAsync(models.Macros, cancellationToken);
        foreach (var table in LakeTables.All.Where(table => plan.Computes(table.Name)))
        {
            await TryAsync(
                table.Name, [], failures, () => warehouse.ExecuteAsync(LakeViews.Create(table, inputs.Of(table.Name), layout), cancellationToken), cancellationToken);
        }
    }

    private async Task TestAsync(Warehouse warehouse, ComputationPlan plan, Dictionary<string, ModelFailure> failures, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("data tests");
        foreach (var test in models.Tests.Where(test => plan.Computes(test.Stops)))
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

        foreach (var model in models.Models.Where(model => plan.Computes(model.Name)))
        {
            await TryAsync(model.Name, model.Inputs, failures, () => Task.CompletedTask, cancellationToken);
        }
    }

    private async Task NoticeAsync(Warehouse warehouse, ComputationPlan plan, Dictionary<string, ModelFailure> failures, CancellationToken cancellationToken)
    {
        foreach (var model in models.Notices.Where(model => !plan.Carries(model.Name)))
        {
            var notices = $"insert into {Notices} by name select *, {SqlText.Literal(model.Name)} as part from {model.Name}";
            await TryAsync(Notices, [model.Name], failures, () => warehouse.ExecuteAsync(notices, cancellationToken), cancellationToken);
        }

        foreach (var (index, test) in models.DataTests.Index().Where(indexed => !plan.Carries(indexed.Item.Name)))
        {
            var name = SqlText.Literal(test.Name);
            var notice = $"insert into {Notices} select {FirstOfDataTests + index}, {name}, {name}, count(*), {SqlText.Literal(test.Notice)} from ({test.Query})";
            await TryAsync(Notices, test.Inputs, failures, () => warehouse.ExecuteAsync(notice, cancellationToken), cancellationToken);
        }
    }
}
