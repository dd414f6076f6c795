namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>Answers at once when there is something to answer, and otherwise waits for it.</summary>
internal static class TelemetryWait
{
    private const int LongestSeconds = 60;

    /// <summary>Asks again after each change until the answer is good or the time is over, and returns the last answer.</summary>
    public static async Task<T> ForAsync<T>(TelemetryStore store, TelemetrySignal signal, Func<T> ask, Func<T, bool> isGood, int? seconds, TimeProvider time, CancellationToken cancellationToken)
    {
        var good = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = store.Changes.Subscribe(signal, _ =>
        {
            if (isGood(ask()))
            {
                good.TrySetResult();
            }

            return Task.CompletedTask;
        });

        var wait = TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 0, LongestSeconds));
        if (wait > TimeSpan.Zero && !isGood(ask()))
        {
            try
            {
                await good.Task.WaitAsync(wait, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The caller gets what there is.
            }
        }

        return ask();
    }
}
