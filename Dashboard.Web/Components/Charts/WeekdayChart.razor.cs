using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Bars of the average sales of each weekday.</summary>
public sealed partial class WeekdayChart
{
    private const double BarShare = 0.64;

    private readonly Plot _plot = Plot.Small;
    private LinearScale _y = Plot.Small.Y(1);
    private IReadOnlyList<Tick> _yTicks = [];
    private IReadOnlyList<Tick> _xTicks = [];

    /// <summary>Seven, in the order in which they are drawn.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<WeekdayAverage> Averages { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private double Slot => _plot.InnerWidth / Averages.Count;

    private double BarWidth => Slot * BarShare;

    protected override void OnParametersSet()
    {
        var steps = NiceSteps.UpTo((double)Averages.Max(average => average.Average), 5);
        _y = _plot.Y(steps[^1]);
        _yTicks = [.. steps.Select(step => new Tick(_y.Map(step), Format.Axis((decimal)step)))];
        _xTicks = [.. Averages.Select((average, index) => new Tick(Middle(index), average.Weekday.ToString()[..3]))];
    }

    private static bool IsWeekend(DayOfWeek weekday) => weekday is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static string N(double value) => PathData.Number(value);

    private double Middle(int index) => _plot.Left + (Slot * (index + 0.5));
}
