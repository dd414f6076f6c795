namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Checks a resource again and again: every 30 s while it is healthy, after n × 1 s (at most 5 s) while it is not.</summary>
internal sealed class HealthMonitor(TimeProvider time)
{
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="check">Checks once: null is healthy, otherwise why not.</param>
    /// <param name="report">Told every outcome.</param>
    /// <param name="cancellationToken">Ends the monitor.</param>
    public async Task RunAsync(
        Func<CancellationToken, Task<string?>> check, Func<string?, CancellationToken, Task> report, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            var outcome = await check(cancellationToken);
            await report(outcome, cancellationToken);
            failures = outcome is null ? 0 : failures + 1;
            var delay = outcome is null ? WhenHealthy : TimeSpan.FromSeconds(Math.Min(failures, Longest.TotalSeconds));
            await Task.Delay(delay, time, cancellationToken);
        }
    }
}
