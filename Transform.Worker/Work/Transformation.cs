using System.Diagnostics;
using Dunnhumby.Catalog.Runs;
using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.OpenLineage;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Schedules;

namespace Dunnhumby.Transform.Worker.Work;

/// <summary>What a run does: read the inputs, compute and test the tables, publish them as a new version.</summary>
internal sealed partial class Transformation(
    LakeInputsReader lake,
    TableMaker maker,
    Publisher publisher,
    PublishedVersion published,
    VersionHold hold,
    RunEvents events,
    RunLeases leases,
    RunRequests requests,
    RunSchedules schedules,
    TransformSettings settings,
    ModelCatalog models,
    TimeProvider time,
    ILogger<Transformation> logger)
{
    /// <returns>The state in which the run ended: published, partial, unchanged or failed; and the tables when they are what readers have, for the caller to keep and dispose of.</returns>
    /// <exception cref="RunFencedException">Another worker has taken the run over.</exception>
    internal async Task<(string State, MadeTables? Published)> RunAsync(RunLease lease, CancellationToken cancellationToken)
    {
        if (await hold.StandsAsync(lease.RunId, cancellationToken))
        {
            await leases.EndUnchangedAsync(lease, cancellationToken);
            Log.Held(logger, lease.RunId, lease.Reason);
            return (RunStates.Unchanged, null);
        }

        var started = time.GetTimestamp();
        var inputs = await lake.ReadAsync(cancellationToken);
        var fingerprint = Fingerprint.Of(inputs, settings, models);
        var current = await published.FindAsync(cancellationToken);
        var isRebuild = lease.Reason is RunRequests.Rebuild or RunRequests.RebuildUnscheduled;
        var isSame = PublishedVersion.Is(current, fingerprint);
        if ((isSame && !isRebuild && lease.Models.Count == 0) || (inputs.Loads.Count == 0 && current is null))
        {
            await hold.LapseAsync(cancellationToken);
            await leases.EndUnchangedAsync(lease, cancellationToken);
            Log.Unchanged(logger, lease.RunId, lease.Reason);
            return (RunStates.Unchanged, null);
        }

        var whole = Fingerprint.OfParts(inputs, settings, models);
        var waiting = lease.Reason is RunRequests.Rebuild ? new HashSet<string>(StringComparer.Ordinal) : models.WaitingBesides(lease.Models);
        var parts = Fingerprint.While(waiting, whole, current?.PartFingerprints ?? new Dictionary<string, string>(StringComparer.Ordinal));
        var asked = models.Models.Where(model => model.IsScheduled && !waiting.Contains(model.Name)).Select(model => model.Name).Union(lease.Models, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        // A second attempt does not trust what the first one left.
        var order = new MakingOrder(isRebuild || lease.Attempt > 1, asked, waiting, [.. (current?.Tables ?? []).Select(table => (table.Name, table.Rows))]);
        var made = await maker.MakeAsync(inputs, parts, order, cancellationToken);
        try
        {
            var plan = new PublishingPlan(models, parts, isRebuild ? null : current, made.Refreshed, asked, waiting);
            if (isSame && plan.CarriesAll && await HasNoticesOfAsync(made, current, waiting, cancellationToken))
            {
                await leases.EndUnchangedAsync(lease, made.Computing.Steps, cancellationToken);
                events.Computed(made);
                Log.Same(logger, lease.RunId, string.Join(", ", lease.Models));
                return (RunStates.Unchanged, made);
            }

            var (version, failure) = await publisher.PublishAsync(lease, made, inputs, fingerprint, plan, current, cancellationToken);
            events.Computed(made);
            if (version is not null)
            {
                // Not to be cancelled: publishing has ended the lease, which its keeper takes for a loss.
                await requests.RequestAsync(schedules.Due(inputs, whole, parts, waiting, current), CancellationToken.None);
            }

            if (failure is null)
            {
                Log.Published(logger, lease.RunId, lease.Reason, version ?? 0, inputs.Loads.Count, time.GetElapsedTime(started).TotalSeconds);
                return (RunStates.Published, made);
            }

            var state = await FailAsync(lease, version, failure, cancellationToken);
            await made.DisposeAsync();
            return (state, null);
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether nothing failed and readers are told the same notices already, apart from those that compare two versions.</summary>
    private async Task<bool> HasNoticesOfAsync(MadeTables made, VersionEntity? version, IReadOnlySet<string> waiting, CancellationToken cancellationToken)
    {
        await foreach (var _ in made.Computing.FinishedAsync(cancellationToken))
        {
            // Notices are counted at the end.
        }

        if (made.Computing.Failures.Count > 0 || version is null)
        {
            return false;
        }

        var notices = await NoticeTable.ReadAsync(made.Warehouse, cancellationToken);
        var told = version.Notices.Select(notice => new CountedNotice(notice.Code, notice.Part ?? "", notice.Ordinal, notice.Count, notice.Message));
        return notices.Where(IsOfTheData).ToHashSet().SetEquals(told.Where(IsOfTheData));

        bool IsOfTheData(CountedNotice notice) => !waiting.Contains(notice.Part) && !models.DataTests.Any(test => test.ComparesVersions && string.Equals(test.Name, notice.Part, StringComparison.Ordinal));
    }

    /// <summary>Some tables failed, or all of them: the run has ended already when it published a version.</summary>
    private async Task<string> FailAsync(RunLease lease, int? version, RunFailure failure, CancellationToken cancellationToken)
    {
        Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.EngineText);
        Log.Partial(logger, lease.RunId, lease.Attempt, string.Join(", ", failure.Tables), failure.EngineText);
        if (version is null)
        {
            await leases.EndInVainAsync(lease, failure, await published.FindAsync(cancellationToken) is not null, cancellationToken);
        }

        return version is null ? RunStates.Failed : RunStates.Partial;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Run {RunId} ({Reason}): inputs, settings and models are those of the published version")]
        public static partial void Unchanged(ILogger logger, long runId, string reason);

        [LoggerMessage(LogLevel.Information, "Run {RunId} made {Models} whole: the result is what the published version has")]
        public static partial void Same(ILogger logger, long runId, string models);

        [LoggerMessage(LogLevel.Information, "Run {RunId} ({Reason}): the published version is held, and no load has come or gone since")]
        public static partial void Held(ILogger logger, long runId, string reason);

        [LoggerMessage(
            LogLevel.Information,
            "Run {RunId} ({Reason}) published version {Version} from {Loads} loads in {Seconds:F2} s")]
        public static partial void Published(ILogger logger, long runId, string reason, int version, int loads, double seconds);

        [LoggerMessage(LogLevel.Error, "Run {RunId}, attempt {Attempt}, could not compute {Tables}: their last good tables stay. {EngineText}")]
        public static partial void Partial(ILogger logger, long runId, int attempt, string tables, string engineText);
    }
}
