using System.Globalization;
using Dunnhumby.Contracts.Households;

namespace Dunnhumby.Dashboard.Web.Households;

/// <summary>Adds up a household's days to days, weeks or months.</summary>
internal static class SpendBins
{
    private const int LongRange = 120;

    /// <summary>Days for a short range, else weeks: so many columns can still be told apart.</summary>
    internal static BinWidth WidthFor(IReadOnlyList<SpendDay> days) => days is [var first, .., var last] && last.Day - first.Day > LongRange ? BinWidth.Week : BinWidth.Day;

    /// <summary>Every bin from the first day's to the last day's; those without spend are zero.</summary>
    internal static IReadOnlyList<SpendBin> Of(DailySpend spend, BinWidth width)
    {
        if (spend.Days.Count == 0)
        {
            return [];
        }

        var sums = spend.Days
            .GroupBy(day => Start(day.Date, width))
            .ToDictionary(bin => bin.Key, bin => Sum(bin, spend.Sections.Count));
        List<SpendBin> bins = [];
        var nothing = new decimal[spend.Sections.Count];
        for (var start = Start(spend.Days[0].Date, width); start <= spend.Days[^1].Date; start = Next(start, width))
        {
            bins.Add(new SpendBin(start, sums.GetValueOrDefault(start, nothing)));
        }

        return bins;
    }

    /// <summary>A bin's name: <c>Sat 2004-12-25</c>, <c>week of 2004-12-20</c> or <c>December 2004</c>.</summary>
    internal static string Name(DateOnly start, BinWidth width) => width switch
    {
        BinWidth.Week => $"week of {start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        BinWidth.Month => start.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        _ => start.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static DateOnly Start(DateOnly date, BinWidth width) => width switch
    {
        // DayOfWeek counts from Sunday; a week here starts on Monday.
        BinWidth.Week => date.AddDays(-(((int)date.DayOfWeek + 6) % 7)),
        BinWidth.Month => new DateOnly(date.Year, date.Month, 1),
        _ => date,
    };

    private static DateOnly Next(DateOnly start, BinWidth width) => width switch
    {
        BinWidth.Week => start.AddDays(7),
        BinWidth.Month => start.AddMonths(1),
        _ => start.AddDays(1),
    };

    private static decimal[] Sum(IEnumerable<SpendDay> days, int sections)
    {
        var sums = new decimal[sections];
        foreach (var day in days)
        {
            for (var section = 0; section < sections; section++)
            {
                sums[section] += day.Sections[section];
            }
        }

        return sums;
    }
}

/// <summary>Spend of a day, week or month per section.</summary>
/// <param name="First">The bin's first date, whether or not something was bought on it.</param>
/// <param name="Amounts">Dollars, in the order of the sections of the spend it was made from.</param>
public sealed record SpendBin(DateOnly First, IReadOnlyList<decimal> Amounts);

/// <summary>How many days a column of a chart adds up.</summary>
public enum BinWidth
{
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,
}
