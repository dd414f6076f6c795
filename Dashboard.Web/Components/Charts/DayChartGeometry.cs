using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Where everything of a chart of days lies: a column of equal width per day, dollars upwards from 0.</summary>
internal sealed class DayChartGeometry
{
    private const int MostMonths = 14;
    private const int MostSteps = 5;

    private readonly LinearScale _x;
    private readonly LinearScale _y;
    private readonly DateOnly _first;
    private readonly DateOnly _last;

    /// <param name="points">At least one, without holes (see <see cref="DaySeries.Fill"/>).</param>
    /// <param name="levels">Lines that must lie inside the picture too.</param>
    internal DayChartGeometry(IReadOnlyList<DayPoint> points, IReadOnlyList<DayLevel> levels, Plot plot)
    {
        Plot = plot;
        (_first, _last) = (points[0].Date, points[^1].Date);
        _x = new LinearScale(_first.DayNumber, _last.DayNumber + 1, plot.Left, plot.Right);
        var steps = NiceSteps.UpTo((double)points.Select(point => point.Value).Concat(levels.Select(level => level.Value)).Max(), MostSteps);
        _y = plot.Y(steps[^1]);
        DayWidth = plot.InnerWidth / points.Count;
        YTicks = [.. steps.Select(step => new Tick(_y.Map(step), Format.Axis((decimal)step)))];
        XTicks = [.. MonthStarts.Between(_first, _last, MostMonths).Select(month => new Tick(Start(month.Date), month.Label))];
        Line = PathData.Line(points.Select(point => (Middle(point.Date), Y(point.Value))));
        Area = PathData.Area([.. points.Select(point => (Middle(point.Date), Y(point.Value)))], plot.Bottom);
    }

    internal Plot Plot { get; }

    internal double DayWidth { get; }

    internal IReadOnlyList<Tick> YTicks { get; }

    internal IReadOnlyList<Tick> XTicks { get; }

    internal string Line { get; }

    internal string Area { get; }

    /// <summary>Left edge of a day's column, kept inside the plot.</summary>
    internal double Start(DateOnly date) => _x.Map(Math.Clamp(date.DayNumber, _first.DayNumber, _last.DayNumber + 1));

    /// <summary>Right edge of a day's column, kept inside the plot.</summary>
    internal double End(DateOnly date) => Start(date.AddDays(1));

    internal double Middle(DateOnly date) => _x.Map(date.DayNumber + 0.5);

    internal double Y(decimal value) => _y.Map((double)value);
}
