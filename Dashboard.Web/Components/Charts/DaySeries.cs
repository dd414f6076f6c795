namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Series of days without holes, and what is derived from them.</summary>
internal static class DaySeries
{
    /// <summary>The days ascending, with a zero for every day between the first and the last that has no figure: nothing was sold then.</summary>
    internal static IReadOnlyList<DayPoint> Fill(IReadOnlyList<DayPoint> points)
    {
        List<DayPoint> filled = [];
        foreach (var point in points)
        {
            while (filled is [.., var last] && last.Day + 1 < point.Day)
            {
                filled.Add(new DayPoint(last.Day + 1, last.Date.AddDays(1), 0));
            }

            filled.Add(point);
        }

        return filled;
    }

    /// <summary>Averages over <paramref name="window"/> days (an odd number) around each day; at the ends over the days that there are.</summary>
    internal static IReadOnlyList<decimal> Smooth(IReadOnlyList<DayPoint> points, int window)
    {
        var half = window / 2;
        var smooth = new decimal[points.Count];
        for (var index = 0; index < points.Count; index++)
        {
            var (first, last) = (Math.Max(0, index - half), Math.Min(points.Count - 1, index + half));
            var sum = 0m;
            for (var near = first; near <= last; near++)
            {
                sum += points[near].Value;
            }

            smooth[index] = sum / (last - first + 1);
        }

        return smooth;
    }

    /// <summary>Every 25 December from the first to the last date.</summary>
    internal static IReadOnlyList<DateOnly> ChristmasDays(DateOnly first, DateOnly last) =>
    [
        .. Enumerable.Range(first.Year, last.Year - first.Year + 1)
            .Select(year => new DateOnly(year, 12, 25))
            .Where(christmas => christmas >= first && christmas <= last),
    ];
}

/// <summary>A day's figure, in dollars.</summary>
public sealed record DayPoint(int Day, DateOnly Date, decimal Value);

/// <summary>A stretch of days that is shaded, both ends included.</summary>
public sealed record DayBand(DateOnly First, DateOnly Last, string Label);

/// <summary>A horizontal line over a stretch of days, both ends included: an average per day, in dollars.</summary>
/// <param name="Kind">Names its colour in the style sheet: before, during, after or total.</param>
public sealed record DayLevel(DateOnly First, DateOnly Last, decimal Value, string Label, string Kind);

/// <summary>A day that is pointed out.</summary>
public sealed record DayMark(DateOnly Date, string Label);
