using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Work;

/// <summary>Takes one run after the other. Several workers may loop: the lease lets one of them work at a time.</summary>
internal sealed partial class RunLoop(
    RunLeases leases,
    RunWork work,
    OldVersions oldVersions,
    Reconciliation reconciliation,
    RunSignal signal,
    RunPulse pulse,
    Engine engine,
    IOptions<TransformOptions> options,
    TimeProvider time,
    ILogger<RunLoop> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(2);

    /// <summary>For so long after a run the next one goes before the removal of old versions.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly RemovalTurn _removal = new();
    private bool _startChecked;
    private DateTimeOffset _reconcileAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            pulse.Beat();
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // An outage of the database, as a rule. Whatever it was: the loop must outlive it, and runs that were left are taken over.
                Log.StepFailed(logger, failure);
                await Task.Delay(PauseAfterError, time, stoppingToken);
            }
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        await ReconcileAsync(cancellationToken);
        var lease = await leases.TakeAsync(cancellationToken);
        if (lease is null && _removal.IsOwed)
        {
            await signal.WaitAsync(Quiet, time, cancellationToken);
            lease = await leases.TakeAsync(cancellationToken);
        }

        if (lease is not null && await work.DoAsync(lease, cancellationToken))
        {
            _removal.Published();
        }

        if (_removal.HasCome(ran: lease is not null))
        {
            await oldVersions.RemoveAsync(cancellationToken);
            _removal.Removed();
        }
        else if (lease is null)
        {
            engine.Rest();
            await signal.WaitAsync(await leases.UntilDueAsync(options.Value.PollInterval, cancellationToken), time, cancellationToken);
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        if (!_startChecked)
        {
            await reconciliation.AtStartAsync(cancellationToken);
            _startChecked = true;
            _reconcileAt = time.GetUtcNow() + options.Value.ReconcileInterval;
        }
        else if (time.GetUtcNow() >= _reconcileAt)
        {
            await reconciliation.RegularlyAsync(cancellationToken);
            _reconcileAt = time.GetUtcNow() + options.Value.ReconcileInterval;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The run loop continues after an error")]
        public static partial void StepFailed(ILogger logger, Exception failure);
    }
}

/// <summary>The sign of life of the run loop.</summary>
internal sealed class RunPulse(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    internal void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());

    internal TimeSpan SinceLast => time.GetElapsedTime(Interlocked.Read(ref _last));
}

/// <summary>Healthy while the run loop turns or its run renews its lease.</summary>
internal sealed class RunLoopHealthCheck(RunPulse pulse, IOptions<TransformOptions> options) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        pulse.SinceLast < options.Value.Lease
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The run loop has not moved for {pulse.SinceLast.TotalSeconds:F0} s."));
}
