using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Local.Telemetry.Changes;

internal sealed partial class ChangeSubscription(
    TelemetrySignal signals,
    Func<CancellationToken, Task> callback,
    TimeSpan interval,
    TimeProvider time,
    ILogger logger,
    Action<ChangeSubscription> ended) : IDisposable
{
    // One slot: a change that finds it taken is told by the call that is due anyway.
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(RunAsync, CancellationToken.None);

    public void Raise(TelemetrySignal changed)
    {
        if ((changed & signals) != TelemetrySignal.None)
        {
            _due.Writer.TryWrite(true);
        }
    }

    public void Dispose()
    {
        ended(this);
        _due.Writer.TryComplete();
        _stop.Cancel();
        // Not awaited, because a callback may dispose its own subscription; the loop ends by the token and owns nothing else.
        _ = _loop.ContinueWith(_ => _stop.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        try
        {
            await foreach (var _ in _due.Reader.ReadAllAsync(stop))
            {
                await CallAsync(stop);
                await Task.Delay(interval, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task CallAsync(CancellationToken stop)
    {
        try
        {
            await callback(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // A page's bug must not stop the page from following the telemetry.
            Log.CallbackFailed(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of telemetry changes failed; it stays subscribed.")]
        public static partial void CallbackFailed(ILogger logger, Exception failure);
    }
}
