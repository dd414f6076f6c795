using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>Weeks, weekdays, holidays and seasons. Day 1 is a Tuesday, day 5 the first Saturday; days 278 and 643 are Christmas Day.</summary>
internal sealed class ShoppingCalendar
{
    internal const int DaysPerWeek = 7;
    private const int LastDayOfAll = 711;
    private const int DaysPerYear = 365;
    private const int Christmas = 278;
    private const int Thanksgiving = 248;
    private const double DayNoise = 0.05;

    // By DAY modulo 7: 0 Monday, 1 Tuesday … 5 Saturday, 6 Sunday.
    private static readonly double[] Weekdays = [0.89, 0.86, 0.86, 0.94, 1.17, 1.27, 1.01];

    private readonly double[] _factors;

    internal ShoppingCalendar(ulong seed, int weeks)
    {
        LastDay = Math.Min((weeks * DaysPerWeek) - 2, LastDayOfAll);
        _factors = [.. Enumerable.Range(0, LastDayOfAll + 1).Select(day => Factor(seed, day))];
    }

    /// <summary>Last day of the data.</summary>
    internal int LastDay { get; }

    /// <summary>WEEK_NO of a day: the first week has five days.</summary>
    internal static int WeekOf(int day) => (day + 8) / DaysPerWeek;

    /// <summary>How much more than usual is shopped on a day; 0 when the stores are closed.</summary>
    internal double Of(int day) => _factors[day];

    /// <summary>How willing people are to buy seasonal goods, 0 to 1.</summary>
    internal static double SeasonFactor(string season, int day)
    {
        var inYear = day % DaysPerYear;
        return season switch
        {
            "christmas" => inYear is >= 228 and < 278 ? 1 : 0.03,
            "halloween" => inYear is >= 190 and <= 222 ? 1 : 0.03,
            "easter" => inYear is >= 325 or <= 20 ? 1 : 0.03,
            "summer" => inYear is >= 40 and <= 165 ? 1 : 0.25,
            _ => 1,
        };
    }

    private static double Factor(ulong seed, int day)
    {
        var inYear = day < 1 ? 0 : ((day - 1) % DaysPerYear) + 1;
        if (inYear == Christmas)
        {
            return 0;
        }

        var holiday = inYear switch
        {
            Thanksgiving => 0.55,
            Thanksgiving - 1 or Thanksgiving - 2 => 1.3,
            >= Christmas - 4 and < Christmas => 1.25,
            Christmas + 1 => 0.85,
            _ => 1,
        };
        var stream = RandomStream.For(seed, Draw.Day, day);
        return Weekdays[day % DaysPerWeek] * holiday * (1 + (DayNoise * stream.NextNormal()));
    }
}
