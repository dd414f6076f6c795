namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Knows how to run one kind of resource.</summary>
internal abstract class ResourceRunner : IAsyncDisposable
{
    /// <summary>Whether <see cref="CheckHealthAsync"/> has something to check.</summary>
    public virtual bool HasHealthChecks => false;

    /// <summary>Process id, while there is a process.</summary>
    public virtual int? ProcessId => null;

    /// <summary>Once the process has ended.</summary>
    public virtual int? ExitCode => null;

    /// <summary>Starts it; returns when it runs.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Completes with the exit code once it has ended; never, for what is not a process.</summary>
    public virtual Task<int> WaitForExitAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => 0, cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Ends it in order, or by force after a while.</summary>
    public virtual Task StopAsync() => Task.CompletedTask;

    /// <summary>Checks once.</summary>
    /// <returns>Null when healthy, otherwise why not.</returns>
    public virtual Task<string?> CheckHealthAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Called when it runs and is healthy for the first time.</summary>
    public virtual Task BecomeReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual async ValueTask DisposeAsync() => await StopAsync();
}
