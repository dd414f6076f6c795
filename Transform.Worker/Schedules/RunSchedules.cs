using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.Extensions.Options;
using Quartz;

namespace Dunnhumby.Transform.Worker.Schedules;

/// <summary>When runs are asked for by the clock: every cron expression of the settings and the models once. None when <see cref="TransformOptions.Schedule"/> is empty.</summary>
internal sealed class RunSchedules(ModelCatalog models, IOptions<TransformOptions> options)
{
    /// <summary>In the order of their expressions.</summary>
    internal IReadOnlyList<RunSchedule> All { get; } = options.Value.Schedule.Length == 0
        ? []
        :
        [
            .. models.Published.Where(model => model.IsScheduled)
                .GroupBy(model => model.Declaration.Schedule, model => model.Name, StringComparer.Ordinal)
                .Select(group => new RunSchedule(group.Key, [.. group.Order(StringComparer.Ordinal)]))
                .Append(new RunSchedule(options.Value.Schedule, []))
                .GroupBy(schedule => schedule.Cron, StringComparer.Ordinal)
                .Select(group => new RunSchedule(group.Key, [.. group.SelectMany(schedule => schedule.Models)])
                {
                    IsRegular = string.Equals(group.Key, options.Value.Schedule, StringComparison.Ordinal),
                })
                .OrderBy(schedule => schedule.Cron, StringComparer.Ordinal),
        ];

    /// <summary>The tables whose time has come although their schedule says later, by the reason of the run that makes them. Without schedules they are made by hand only.</summary>
    /// <param name="inputs">The loads that there are now.</param>
    /// <param name="parts">What each part is made from now, as <see cref="Fingerprint.OfParts"/> has it.</param>
    /// <param name="ofVersion">The same of the version that readers have.</param>
    /// <param name="waiting">Names of models that were not made just now; those that are not on a schedule are passed over.</param>
    /// <param name="before">The version that has these as they are; null when there was none.</param>
    internal IEnumerable<(string Reason, IReadOnlyList<string> Tables)> Due(
        LakeInputs inputs, IReadOnlyDictionary<string, string> parts, IReadOnlyDictionary<string, string> ofVersion, IEnumerable<string> waiting, VersionEntity? before)
    {
        IEnumerable<(string Reason, IReadOnlyList<string> Tables)> due =
        [
            (RunRequests.Unmade, Fingerprint.Unmade(models, parts, ofVersion)),
            (RunRequests.NewDataset, before is null ? [] : WithoutADataset(inputs, waiting, before)),
        ];
        return All.Count == 0 ? [] : due.Where(tables => tables.Tables.Count > 0);
    }

    /// <summary>The one that a job of the scheduler stands for; null when there is none any more.</summary>
    internal RunSchedule? Find(JobKey job) => All.FirstOrDefault(schedule => schedule.Job.Equals(job));

    /// <summary>
    /// The tables that wait although all loads of a data set that they read came since they were made: whoever fills an empty lake, file after file, would find them empty
    /// until their time comes. Not those that failed: they would fail again, at once and for ever.
    /// </summary>
    private IReadOnlyList<string> WithoutADataset(LakeInputs inputs, IEnumerable<string> waiting, VersionEntity version)
    {
        return [.. models.Published.Where(model => model.IsScheduled).Select(model => model.Name).Intersect(waiting, StringComparer.Ordinal).Where(Lacks)];

        bool Lacks(string table) =>
            version.Tables.FirstOrDefault(before => string.Equals(before.Name, table, StringComparison.Ordinal)) is { RowsSchema: not null, State: TableStates.Fresh or TableStates.Waiting } made
            && models.DatasetsOf(table).Any(dataset => inputs.Of(dataset) is { Count: > 0 } loads && !loads.Any(load => Had(made, load)));

        bool Had(VersionTableEntity made, InputLoad load) => !made.MissingLoads.Contains(load.Id) && version.Loads.Any(known => known.LoadId == load.Id);
    }
}

/// <summary>A time at which a run is asked for.</summary>
/// <param name="Cron">Quartz's cron expression, in UTC.</param>
/// <param name="Models">The models that are made then, if loads came or went since they were made.</param>
internal sealed record RunSchedule(string Cron, IReadOnlyList<string> Models)
{
    /// <summary>Whether a run is asked for even if no model waits for it: it finds whatever was overlooked.</summary>
    internal bool IsRegular { get; init; }

    /// <summary>Under its expression, so that a changed one is another job, and one that stays keeps its times.</summary>
    internal JobKey Job => new(Cron);

    internal TriggerKey Trigger => new(Cron);
}
