using System.Globalization;
using Dunnhumby.Hosting.Local.Dashboard.Signals;
using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>The instruments of a resource, and one of them over time.</summary>
public sealed partial class MetricsPage
{
    /// <summary>Senders measure once a second at most.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private MetricAddress _address = new();
    private IReadOnlyList<string> _resources = [];
    private IReadOnlyList<MeterTree> _meters = [];
    private string? _resource;
    private InstrumentKey? _key;
    private InstrumentDetail? _detail;
    private MetricChart? _chart;

    [SupplyParameterFromQuery(Name = "resource")]
    private string? Resource { get; set; }

    [SupplyParameterFromQuery(Name = "meter")]
    private string? Meter { get; set; }

    [SupplyParameterFromQuery(Name = "instrument")]
    private string? Instrument { get; set; }

    [SupplyParameterFromQuery(Name = "window")]
    private int? Window { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    private string? View { get; set; }

    [SupplyParameterFromQuery(Name = "lines")]
    private string? Lines { get; set; }

    [SupplyParameterFromQuery(Name = "dim")]
    private string[]? Dimension { get; set; }

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    protected override void OnInitialized() => Follow(Store.Changes, TelemetrySignal.Metrics | TelemetrySignal.Resources, Refresh, Pace);

    protected override void OnParametersSet()
    {
        _key = Meter is { Length: > 0 } meter && Instrument is { Length: > 0 } instrument ? new InstrumentKey(meter, instrument) : null;
        Refresh();
    }

    private bool Refresh()
    {
        _resources = ResourceChoices.Of(Store.Resources);
        _resource = Resource is { Length: > 0 } given ? given : _resources.FirstOrDefault(name => Store.Metrics.Tree(name).Count > 0);
        _address = new MetricAddress
        {
            Resource = _resource,
            Meter = Meter,
            Instrument = Instrument,
            Minutes = MetricWindows.All.Any(window => window.Minutes == Window) && Window is { } minutes ? minutes : MetricWindows.Usual,
            IsTable = View is "table",
            Lines = Lines,
            Dimensions = MetricAddress.ParseDimensions(Dimension),
        };
        _meters = _resource is null ? [] : Store.Metrics.Tree(_resource);
        (_detail, _chart) = _resource is { } resource && _key is { } key ? (Store.Metrics.Find(resource, key), Store.Metrics.Chart(Query(resource, key))) : (null, null);
        return true;
    }

    private MetricQuery Query(string resource, InstrumentKey key) => new()
    {
        Resource = resource,
        Instrument = key,
        Window = TimeSpan.FromMinutes(_address.Minutes),
        Dimensions = _address.Dimensions
            .GroupBy(item => item.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyCollection<string?> (group) => [.. group.Select(item => item.Value)], StringComparer.Ordinal),
    };

    private void ChangeWindow(ChangeEventArgs change) => Go(_address with { Minutes = int.Parse(change.Value as string ?? "5", CultureInfo.InvariantCulture) });

    private void Go(MetricAddress address) => Navigation.NavigateTo(address.ToString());
}
