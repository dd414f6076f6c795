using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Takes one instance through its life: waiting, starting, running, ending; by the application's start and by commands.</summary>
internal sealed class InstanceLifecycle(
    ResourceInstance instance, ResourceRunner runner, Func<IResource, IReadOnlyList<ResourceInstance>> instancesOf, Action<string> log, TimeProvider time)
    : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private CancellationTokenSource _stop = new();
    private Task _life = Task.CompletedTask;

    public ResourceInstance Instance => instance;

    /// <summary>Starts the instance, if it is not started; returns at once.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_life.IsCompleted)
            {
                _stop.Dispose();
                _stop = new CancellationTokenSource();
                _life = LiveAsync(_stop.Token);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops the instance and returns when it has ended.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await _stop.CancelAsync();
            await _life;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _gate.Dispose();
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            instance.Update(_ => new ResourceStatus(ResourceState.NotStarted));
            await WaitForOthersAsync(stop);
            instance.Update(_ => new ResourceStatus(ResourceState.Starting));
            await runner.StartAsync(stop);
            instance.Update(status => status with { State = ResourceState.Running, ProcessId = runner.ProcessId, StartedAt = time.GetUtcNow() });
            var exitCode = await RunAsync(stop);
            instance.Update(status => new ResourceStatus(ResourceState.Finished, ExitCode: exitCode, StartedAt: status.StartedAt));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await EndAsync();
        }
        catch (Exception exception)
        {
            // Whatever it is, it is the trouble of this resource and must not take the others down.
            log(exception.Message);
            await runner.StopAsync();
            instance.Update(_ => new ResourceStatus(ResourceState.FailedToStart, Problem: exception.Message));
        }
    }

    private async Task WaitForOthersAsync(CancellationToken stop)
    {
        var waits = instance.Resource.Annotations.OfType<WaitAnnotation>().ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        instance.Update(_ => new ResourceStatus(ResourceState.Waiting));
        await Task.WhenAll(waits.SelectMany(wait => instancesOf(wait.Dependency).Select(dependency => WaitForAsync(wait, dependency, stop))));
    }

    private static async Task WaitForAsync(WaitAnnotation wait, ResourceInstance dependency, CancellationToken stop)
    {
        if (!wait.ForCompletion)
        {
            // A dependency that failed may be started again: there is no end to this wait but success or stop.
            await dependency.WaitAsync(status => status.IsReady, stop);
            return;
        }

        var ended = await dependency.WaitAsync(status => status.State is ResourceState.Finished or ResourceState.FailedToStart, stop);
        if (ended.State == ResourceState.FailedToStart)
        {
            throw new InvalidOperationException($"{dependency.Id}, which must complete first, failed to start.");
        }

        if (ended.ExitCode != wait.ExitCode)
        {
            throw new InvalidOperationException($"{dependency.Id}, which must complete first, ended with exit code {ended.ExitCode} instead of {wait.ExitCode}.");
        }
    }

    private async Task<int> RunAsync(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var monitoring = MonitorAsync(ended.Token);
        try
        {
            // A monitor that breaks is a bug, and must surface instead of leaving the resource unhealthy for ever.
            var exit = runner.WaitForExitAsync(stop);
            if (await Task.WhenAny(exit, monitoring) == monitoring && monitoring.IsFaulted)
            {
                await monitoring;
            }

            return await exit;
        }
        finally
        {
            await ended.CancelAsync();
            await monitoring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MonitorAsync(CancellationToken ended)
    {
        if (!runner.HasHealthChecks)
        {
            await BecomeReadyAsync(null, ended);
            return;
        }

        await new HealthMonitor(time).RunAsync(runner.CheckHealthAsync, ReportAsync, ended);
    }

    private async Task ReportAsync(string? problem, CancellationToken ended)
    {
        if (problem is not null)
        {
            instance.Update(status => status with { Healthy = false, HealthReport = problem, IsReady = false, CheckedAt = time.GetUtcNow() });
        }
        else if (!instance.Status.IsReady)
        {
            await BecomeReadyAsync(true, ended);
        }
        else
        {
            instance.Update(status => status with { CheckedAt = time.GetUtcNow() });
        }
    }

    private async Task BecomeReadyAsync(bool? healthy, CancellationToken ended)
    {
        await runner.BecomeReadyAsync(ended);
        instance.Update(status => status with { Healthy = healthy, HealthReport = null, IsReady = true, CheckedAt = healthy is null ? null : time.GetUtcNow() });
    }

    private async Task EndAsync()
    {
        var ran = instance.Status.State is ResourceState.Running or ResourceState.Starting;
        if (ran)
        {
            instance.Update(status => status with { State = ResourceState.Stopping, IsReady = false, Healthy = null });
        }

        await runner.StopAsync();
        instance.Update(status => ran
            ? new ResourceStatus(ResourceState.Finished, ExitCode: runner.ExitCode, StartedAt: status.StartedAt)
            : new ResourceStatus(ResourceState.NotStarted));
    }
}
