using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Layout;

/// <summary>The pages, each with the key that leads there, and how many errors nobody has looked at.</summary>
public sealed partial class NavMenu : LiveComponent
{
    private static readonly NavItem[] Items =
    [
        new("/", "Resources", "r", "M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z"),
        new("/consolelogs", "Console", "c", "M2 4h16v12H2zM5 8l3 2.5L5 13M10 13h5"),
        new("/structuredlogs", "Structured logs", "s", "M3 5h2M3 10h2M3 15h2M8 5h9M8 10h9M8 15h9"),
        new("/traces", "Traces", "t", "M3 4h9v3H3zM6 9h8v3H6zM9 14h8v3H9z"),
        new("/metrics", "Metrics", "m", "M3 3v14h14M6 14l3-5 3 3 4-7"),
    ];

    private int _errors;

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    protected override void OnInitialized()
    {
        _errors = Count();
        Follow(Store.Changes, TelemetrySignal.Logs, () =>
        {
            var errors = Count();
            var changed = errors != _errors;
            _errors = errors;
            return changed;
        });
    }

    private int Count() => Store.Logs.UnviewedErrors.Counts().Values.Sum();

    private sealed record NavItem(string Address, string Title, string Key, string Icon);
}
