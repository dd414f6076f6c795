using Dunnhumby.Transform.Worker.Requests;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Takes one run after the other. Several workers may loop: the lease lets one of them work at a time.</summary>
internal sealed partial class RunLoop(
    RunLeases leases,
    RunWork work,
    Reconciliation reconciliation,
    RunSignal signal,
    RunPulse pulse,
    IOptions<TransformOptions> options,
    TimeProvider time,
    ILogger<RunLoop> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(2);

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
        if (await leases.TakeAsync(cancellationToken) is { } lease)
        {
            await work.DoAsync(lease, cancellationToken);
        }
        else
        {
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
        [LoggerMessage(LogLevel.Warning, "The run loop goes on after an error")]
        public static partial void StepFailed(ILogger logger, Exception failure);
    }
}
