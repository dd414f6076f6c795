using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A line of dollars per day with optional smoothing, shaded stretches, averages and marked days.</summary>
public sealed partial class DayChart
{
    private DayChartGeometry _geometry = null!; // Set with the parameters, before the first rendering.
    private string? _smooth;

    /// <summary>At least one day; no holes.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DayPoint> Points { get; set; }

    /// <summary>What the picture shows, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Days to average over for the strong line; 0 for none.</summary>
    [Parameter]
    public int SmoothOver { get; set; }

    [Parameter]
    public IReadOnlyList<DayBand> Bands { get; set; } = [];

    [Parameter]
    public IReadOnlyList<DayLevel> Levels { get; set; } = [];

    [Parameter]
    public IReadOnlyList<DayMark> Marks { get; set; } = [];

    protected override void OnParametersSet()
    {
        _geometry = new DayChartGeometry(Points, Levels, Plot.Wide);
        _smooth = SmoothOver == 0
            ? null
            : PathData.Line(DaySeries.Smooth(Points, SmoothOver).Zip(Points, (value, point) => (_geometry.Middle(point.Date), _geometry.Y(value))));
    }

    private static string N(double value) => PathData.Number(value);
}
