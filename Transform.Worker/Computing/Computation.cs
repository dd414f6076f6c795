using System.Diagnostics;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>Computes all models over the lake, then tests them.</summary>
internal sealed class Computation(ModelCatalog models, TransformSettings settings, LakeLayout layout)
{
    /// <summary>Leaves every model as a table of <paramref name="warehouse"/>.</summary>
    /// <param name="warehouse">Empty.</param>
    /// <param name="inputs">What to compute from.</param>
    /// <param name="finished">Told the name of each model when its table is there.</param>
    /// <param name="cancellationToken">Interrupts the query that runs.</param>
    /// <exception cref="DataTestException">A data test found rows that should not be.</exception>
    internal async Task ComputeAsync(Warehouse warehouse, LakeInputs inputs, Action<string> finished, CancellationToken cancellationToken)
    {
        await PrepareAsync(warehouse, inputs, cancellationToken);
        foreach (var model in models.Models)
        {
            using var activity = TransformTelemetry.Activities.StartActivity($"model {model.Name}");
            var started = Stopwatch.GetTimestamp();
            await warehouse.ExecuteAsync($"create table {model.Name} as {model.Text}", cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            // The statement itself does not tell; a whole table's count is known without reading it.
            var rows = activity is null ? 0 : await warehouse.CountAsync($"from {model.Name}", cancellationToken);
            activity?.SetTag("db.system.name", "duckdb").SetTag("db.operation.name", "CREATE TABLE").SetTag("db.collection.name", model.Name)
                .SetTag("dunnhumby.model", model.Name).SetTag("dunnhumby.rows", rows).SetTag("dunnhumby.seconds", seconds);
            TransformTelemetry.ModelDuration.Record(seconds, new KeyValuePair<string, object?>("dunnhumby.model", model.Name));
            finished(model.Name);
        }

        await TestAsync(warehouse, cancellationToken);
    }

    private async Task PrepareAsync(Warehouse warehouse, LakeInputs inputs, CancellationToken cancellationToken)
    {
        await warehouse.ExecuteAsync(
            $"""
            set variable first_day = {settings.FirstDay};
            set variable last_day = {settings.LastDay};
            set variable excluded_commodities = {SqlText.List(settings.ExcludedCommodities)}::varchar[];
            set variable recency_days = {SqlText.List(settings.RecencyDays)};
            """,
            cancellationToken);
        await warehouse.ExecuteAsync(models.Macros.Text, cancellationToken);
        foreach (var table in LakeTables.All)
        {
            await warehouse.ExecuteAsync(LakeViews.Create(table, inputs.Of(table.Name), layout), cancellationToken);
        }
    }

    private async Task TestAsync(Warehouse warehouse, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("data tests");
        foreach (var test in models.Tests)
        {
            var offending = await warehouse.CountAsync(test.Text, cancellationToken);
            if (offending > 0)
            {
                throw new DataTestException(test.Name, offending);
            }
        }
    }
}
