using System.Globalization;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Round values for an axis that starts at 0: steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
internal static class NiceSteps
{
    private static readonly double[] Factors = [1, 2, 2.5, 5, 10];

    /// <summary>0 and round steps up to the first at or above <paramref name="max"/>, with at most <paramref name="count"/> steps.</summary>
    internal static IReadOnlyList<double> UpTo(double max, int count)
    {
        if (max <= 0)
        {
            return [0, 1];
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(max / count)));
        var step = Factors.Select(factor => factor * power).First(candidate => candidate * count >= max * (1 - 1e-9));
        var steps = (int)Math.Ceiling((max / step) - 1e-9);
        return [.. Enumerable.Range(0, steps + 1).Select(index => index * step)];
    }
}

/// <summary>The months that a time axis names.</summary>
internal static class MonthStarts
{
    private static readonly int[] Strides = [1, 2, 3, 6, 12];

    /// <summary>
    /// First days of months in the range, every one, second, third, sixth or twelfth (counted from January), so that there are at most <paramref name="most"/>.
    /// A January and the first one carry the year.
    /// </summary>
    internal static IReadOnlyList<(DateOnly Date, string Label)> Between(DateOnly first, DateOnly last, int most)
    {
        var stride = Strides.FirstOrDefault(candidate => Months(first, last, candidate).Count() <= most, 12);
        return [.. Months(first, last, stride).Select((month, index) => (month, Label(month, withYear: index == 0 || month.Month == 1)))];
    }

    private static IEnumerable<DateOnly> Months(DateOnly first, DateOnly last, int stride)
    {
        var month = new DateOnly(first.Year, first.Month, 1);
        for (; month <= last; month = month.AddMonths(1))
        {
            if (month >= first && (month.Month - 1) % stride == 0)
            {
                yield return month;
            }
        }
    }

    private static string Label(DateOnly month, bool withYear) => month.ToString(withYear ? "MMM yyyy" : "MMM", CultureInfo.InvariantCulture);
}
