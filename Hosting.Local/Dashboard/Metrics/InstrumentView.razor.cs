using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>An instrument over time, as a chart or a table, with what it can be filtered by.</summary>
public sealed partial class InstrumentView
{
    private const int MaxExemplars = 25;

    private IReadOnlyList<ChartLines> _choices = [];
    private ChartLines _lines = null!; // Set with the parameters.

    [Parameter, EditorRequired]
    public MetricChart Chart { get; set; } = null!; // Required.

    [Parameter, EditorRequired]
    public InstrumentDetail Detail { get; set; } = null!; // Required.

    [Parameter, EditorRequired]
    public MetricAddress Address { get; set; } = null!; // Required.

    /// <summary>Shows another address.</summary>
    [Parameter, EditorRequired]
    public Action<MetricAddress> Go { get; set; } = null!; // Required.

    private string Kind => Chart.Instrument.Kind switch
    {
        InstrumentKind.Sum when Chart.Instrument.IsMonotonic => "counter",
        InstrumentKind.Sum => "up-down counter",
        InstrumentKind.ExponentialHistogram => "exponential histogram",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    protected override void OnParametersSet()
    {
        _choices = ChartLines.Of(Chart);
        _lines = _choices.FirstOrDefault(choice => string.Equals(choice.Id, Address.Lines, StringComparison.Ordinal)) ?? _choices[0];
    }

    /// <summary>A dimension without a chosen value keeps all of them.</summary>
    private bool IsKept(MetricDimension dimension, string? value) =>
        Address.Dimensions.All(item => !string.Equals(item.Name, dimension.Name, StringComparison.Ordinal)) || Address.Dimensions.Contains((dimension.Name, value));

    private void Toggle(MetricDimension dimension, string? value)
    {
        var kept = dimension.Values.Where(other => IsKept(dimension, other) != string.Equals(other, value, StringComparison.Ordinal)).ToList();
        var others = Address.Dimensions.Where(item => !string.Equals(item.Name, dimension.Name, StringComparison.Ordinal));
        // None chosen would show nothing: that is all of them again.
        Go(Address with { Dimensions = kept.Count == 0 || kept.Count == dimension.Values.Count ? [.. others] : [.. others, .. kept.Select(item => (dimension.Name, item))] });
    }
}
