using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Changes;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Elements;

/// <summary>
/// A component that follows what happens in the application, at a pace that neither flickers nor loads the machine: several changes a second, however many
/// arrive. Following begins in <c>OnInitialized</c> and ends with the component.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>Whether the component is gone, so that what still runs for it must not touch it.</summary>
    protected bool IsDisposed { get; private set; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Renders again after changes, when <paramref name="refresh"/> says that something to be seen has changed.</summary>
    /// <param name="changes">Whose.</param>
    /// <param name="signals">Which.</param>
    /// <param name="refresh">Reads anew, on the component's own thread; false when the page would look the same.</param>
    /// <param name="interval">The shortest time between two calls.</param>
    protected void Follow(TelemetryChanges changes, TelemetrySignal signals, Func<bool> refresh, TimeSpan? interval = null) =>
        Follow(changes, signals, () => Task.FromResult(refresh()), interval);

    /// <inheritdoc cref="Follow(TelemetryChanges, TelemetrySignal, Func{bool}, TimeSpan?)"/>
    protected void Follow(TelemetryChanges changes, TelemetrySignal signals, Func<Task<bool>> refresh, TimeSpan? interval = null) =>
        _subscriptions.Add(changes.Subscribe(
            signals,
            _ => InvokeAsync(async () =>
            {
                if (!IsDisposed && await refresh())
                {
                    StateHasChanged();
                }
            }),
            interval));

    protected virtual void Dispose(bool disposing)
    {
        IsDisposed = true;
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        _subscriptions.Clear();
    }
}
