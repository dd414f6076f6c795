using System.Diagnostics;
using Dunnhumby.Catalog.Runs;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.OpenLineage;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Work;

/// <summary>Works one run under its lease and records how it ended.</summary>
internal sealed partial class RunWork(
    RunLeases leases,
    Transformation transformation,
    RunEvents events,
    RunPulse pulse,
    IOptions<TransformOptions> options,
    TimeProvider time,
    ILogger<RunWork> logger)
{
    private const string Fenced = "fenced";
    private const int LeaseParts = 3;

    /// <summary>The lease is renewed at least this often, since that shows whether somebody has cancelled the run.</summary>
    private static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(1);

    /// <returns>Whether it published a version.</returns>
    internal async Task<bool> DoAsync(RunLease lease, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("transform run", ActivityKind.Internal, lease.TraceParent);
        activity?.SetTag("dunnhumby.run.id", lease.RunId).SetTag("dunnhumby.run.reason", lease.Reason).SetTag("dunnhumby.attempt", lease.Attempt);
        var started = time.GetTimestamp();
        events.Started();
        var (outcome, made) = await OutcomeAsync(lease, cancellationToken);
        await using var tables = made;
        events.Ended(lease, outcome);
        var tag = new KeyValuePair<string, object?>("dunnhumby.outcome", outcome);
        activity?.SetTag(tag.Key, tag.Value);
        TransformTelemetry.Runs.Add(1, tag);
        TransformTelemetry.RunDuration.Record(time.GetElapsedTime(started).TotalSeconds, tag);
        if (tables is not null)
        {
            using var keeping = TransformTelemetry.Activities.StartActivity("keep tables");
            await tables.KeepAsync(cancellationToken);
        }

        return outcome is RunStates.Published or RunStates.Partial;
    }

    private async Task<(string State, MadeTables? Published)> OutcomeAsync(RunLease lease, CancellationToken cancellationToken)
    {
        if (lease.Fence > options.Value.MaxAttempts)
        {
            await leases.FailAsync(lease, RunFailure.Abandoned(lease.Fence - 1), cancellationToken);
            Log.Abandoned(logger, lease.RunId, lease.Fence - 1);
            return (RunStates.Failed, null);
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepAsync(lease, held, done.Token);
        try
        {
            return await transformation.RunAsync(lease, held.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // DuckDB reports an interrupted query as a different error: any exception may be the cancellation.
            await leases.ReleaseAsync(lease, CancellationToken.None);
            throw;
        }
        catch (Exception lost) when (lost is RunFencedException || held.IsCancellationRequested)
        {
            return (await LostAsync(lease, lost, cancellationToken), null);
        }
        catch (Exception failure)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.Message);
            Log.Failed(logger, lease.RunId, lease.Attempt, failure);
            await leases.FailAsync(lease, RunFailure.Of(failure), cancellationToken);
            return (RunStates.Failed, null);
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
        }
    }

    private async Task<string> LostAsync(RunLease lease, Exception reason, CancellationToken cancellationToken)
    {
        if (await leases.IsCancelledAsync(lease, cancellationToken))
        {
            Log.Cancelled(logger, lease.RunId);
            return RunStates.Cancelled;
        }

        Log.Fenced(logger, lease.RunId, reason);
        return Fenced;
    }

    /// <summary>Renews the lease until the work is done; stops the work when another worker has taken the run over or somebody has cancelled it.</summary>
    private async Task KeepAsync(RunLease lease, CancellationTokenSource held, CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / LeaseParts < LongestUnseen ? options.Value.Lease / LeaseParts : LongestUnseen, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                pulse.Beat();
                if (!await TryRenewAsync(lease, done))
                {
                    await held.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private async Task<bool> TryRenewAsync(RunLease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await leases.RenewAsync(lease, cancellationToken);
        }
        catch (NpgsqlException unreachable)
        {
            // The work may continue: if another worker takes the run meanwhile, the fence stops our publishing.
            Log.NotRenewed(logger, lease.RunId, unreachable);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Run {RunId} failed, attempt {Attempt}: the published version stays")]
        public static partial void Failed(ILogger logger, long runId, int attempt, Exception failure);

        [LoggerMessage(LogLevel.Error, "Run {RunId} was abandoned by {Workers} workers in turn and is not retried")]
        public static partial void Abandoned(ILogger logger, long runId, long workers);

        [LoggerMessage(LogLevel.Warning, "Run {RunId} was taken over by another worker: nothing was published here")]
        public static partial void Fenced(ILogger logger, long runId, Exception reason);

        [LoggerMessage(LogLevel.Information, "Run {RunId} was cancelled: it published nothing")]
        public static partial void Cancelled(ILogger logger, long runId);

        [LoggerMessage(LogLevel.Warning, "The lease of run {RunId} could not be renewed")]
        public static partial void NotRenewed(ILogger logger, long runId, Exception failure);
    }
}
