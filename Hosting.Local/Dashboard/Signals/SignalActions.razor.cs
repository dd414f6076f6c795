using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Signals;

/// <summary>Pause and clear of a signal.</summary>
public sealed partial class SignalActions
{
    /// <summary>The signal that its page shows.</summary>
    [Parameter, EditorRequired]
    public TelemetrySignal Signal { get; set; }

    /// <summary>A parameter, because the page is what follows the store.</summary>
    [Parameter, EditorRequired]
    public bool IsPaused { get; set; }

    /// <summary>The resource (id or name) to clear; null for all.</summary>
    [Parameter]
    public string? Resource { get; set; }

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    private void Toggle()
    {
        if (IsPaused)
        {
            Store.Resume(Signal);
        }
        else
        {
            Store.Pause(Signal);
        }
    }

    private void Clear() => Store.Clear(Signal, Resource);
}
