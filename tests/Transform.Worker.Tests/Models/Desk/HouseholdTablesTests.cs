using static Dunnhumby.Transform.Worker.Tests.Models.Desk.DeskTables;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>The desk's segments and cohorts of households, against plain LINQ over the journeys' rows, and by hand.</summary>
public sealed class HouseholdTablesTests(DeskTables tables) : IClassFixture<DeskTables>
{
    private const int QuarterDays = 91;
    private const int MonthDays = 28;

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void HouseholdSegments_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        var segments = Segments(journey);
        tables.ShouldHave(name, "household_segments", segments.Select(segment =>
        {
            var last = journey.LastDay - (QuarterDays * segment.QuartersAgo);
            var first = last - QuarterDays + 1;
            return Row(
                segment.QuartersAgo, segment.Household, first, last, last - Math.Max(first, journey.FirstDay) + 1, segment.Recency, segment.Baskets, Money(segment.Sales),
                segment.R, segment.F, segment.M, segment.Name);
        }));
        if (name is Chance)
        {
            segments.Select(segment => segment.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .ShouldBe(["at_risk", "big_spender", "champion", "lapsing", "lost", "loyal", "new", "occasional"]);
        }
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void SegmentMigration_OfJourney_AgreesWithLinq(string name)
    {
        var segments = Segments(JourneyOf(name));
        var before = segments.ToDictionary(segment => (segment.QuartersAgo - 1, segment.Household), segment => segment.Name);
        var oldest = segments.Max(segment => segment.QuartersAgo);
        var moves = segments.Where(segment => segment.QuartersAgo < oldest)
            .Select(segment => (segment.QuartersAgo, From: before.GetValueOrDefault((segment.QuartersAgo, segment.Household), "none"), To: segment.Name))
            .ToList();
        tables.ShouldHave(name, "segment_migration", moves.GroupBy(move => move).Select(same =>
        {
            var from = moves.Count(move => move.QuartersAgo == same.Key.QuartersAgo && string.Equals(move.From, same.Key.From, StringComparison.Ordinal));
            return Row(same.Key.QuartersAgo, same.Key.From, same.Key.To, same.Count(), from, Ratio(same.Count(), from));
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void SegmentSummary_OfJourney_AgreesWithLinq(string name)
    {
        var segments = Segments(JourneyOf(name));
        tables.ShouldHave(name, "segment_summary", segments.GroupBy(segment => (segment.QuartersAgo, segment.Name)).Select(own =>
        {
            var quarter = segments.Where(segment => segment.QuartersAgo == own.Key.QuartersAgo).ToList();
            var (sales, baskets) = (own.Sum(segment => segment.Sales), own.Sum(segment => segment.Baskets));
            return Row(
                own.Key.QuartersAgo, own.Key.Name, own.Count(), quarter.Count, Ratio(own.Count(), quarter.Count), baskets, Money(sales),
                Ratio(sales, quarter.Sum(segment => segment.Sales)), Ratio(sales, own.Count()), Ratio(baskets, own.Count()), Ratio(own.Sum(segment => segment.Recency), own.Count()));
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void CohortRetention_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        int Month(int day) => (day - journey.FirstDay) / MonthDays;
        var months = Enumerable.Range(0, Month(journey.LastDay) + 1).ToList();
        tables.ShouldHave(name, "cohort_retention", journey.Cleaned
            .GroupBy(line => line.Household)
            .GroupBy(lines => Month(lines.Min(line => line.Day)))
            .SelectMany(cohort => months.Where(month => month >= cohort.Key).Select(month =>
            {
                var bought = cohort.SelectMany(lines => lines).Where(line => Month(line.Day) == month).ToList();
                var active = bought.Select(line => line.Household).Distinct().Count();
                var first = journey.FirstDay + (MonthDays * month);
                var days = Enumerable.Range(first, MonthDays).Count(day => day <= journey.LastDay);
                return Row(
                    cohort.Key, month - cohort.Key, journey.FirstDay + (MonthDays * cohort.Key), days, cohort.Count(), active, Baskets(bought), Money(bought.Sum(line => line.Sales)),
                    Ratio(active, cohort.Count()), Ratio(bought.Sum(line => line.Sales), cohort.Count()));
            })));
    }

    /// <summary>
    /// The last DAY is 400, so the latest quarter is 310 to 400. Household 1 bought last on DAY 230, 170 days before 400: not in the quarter, but in the one before,
    /// 219 to 309. Household 2 bought on DAY 400 and is alone in the quarter, in the lowest quintile of one value.
    /// </summary>
    [Fact]
    public void HouseholdSegments_LatestQuarter_IsWorkedOutByHand() =>
        tables.Rows(Small, "select * from household_segments where quarters_ago = 0 order by household_key").ShouldBe(
            ["0 1 310 400 91 170 0 0.00 - - - lapsing", "0 2 310 400 91 0 1 1.25 1 1 1 occasional"]);

    /// <summary>Both households are new in the oldest quarter. In the next, household 1 buys (occasional) and household 2 does not (lapsing): half of two each.</summary>
    [Fact]
    public void SegmentMigration_FromTheOldestQuarter_IsCountedByHand() =>
        tables.Rows(Small, "select * from segment_migration where quarters_ago = 1 order by to_segment").ShouldBe(["1 new lapsing 1 2 0.500000", "1 new occasional 1 2 0.500000"]);

    /// <summary>On DAY 200 household 1 spends 12.50 and household 2 5.00, a basket each: 17.50 / 2 = 8.75. The quarter ends on DAY 218, 18 days later.</summary>
    [Fact]
    public void SegmentSummary_OldestQuarter_IsSummedByHand() =>
        tables.Rows(Small, "select * from segment_summary where quarters_ago = 2").ShouldBe(["2 new 2 2 1.000000 2 17.50 1.000000 8.750000 1.000000 18.000000"]);

    /// <summary>DAY 400 is in month (400 - 200) / 28 = 7, which begins on DAY 396 and has five days in the data. One of the two households of month 0 buys, for 1.25.</summary>
    [Fact]
    public void CohortRetention_LastMonth_IsWorkedOutByHand() =>
        tables.Rows(Small, "select * from cohort_retention where months_since = 7").ShouldBe(["0 7 200 5 2 1 1 1.25 0.500000 0.625000"]);

    private static int Baskets(IEnumerable<DeskLine> lines) => lines.Select(line => line.Basket).Distinct().Count();

    private static List<Segment> Segments(DeskJourney journey)
    {
        int Quarter(DeskLine line) => (journey.LastDay - line.Day) / QuarterDays;
        List<Segment> segments = [];
        foreach (var quarter in Enumerable.Range(0, journey.Cleaned.Max(Quarter) + 1))
        {
            var active = journey.Cleaned.Where(line => Quarter(line) == quarter).GroupBy(line => line.Household).ToDictionary(lines => lines.Key, lines => lines.ToList());
            List<decimal> days = [.. active.Values.Select(lines => (decimal)lines.Max(line => line.Day)).Order()];
            List<decimal> baskets = [.. active.Values.Select(lines => (decimal)Baskets(lines)).Order()];
            List<decimal> sales = [.. active.Values.Select(lines => lines.Sum(line => line.Sales)).Order()];
            foreach (var household in journey.Cleaned.GroupBy(line => line.Household))
            {
                var until = household.Where(line => Quarter(line) >= quarter).ToList();
                if (until.Count == 0)
                {
                    continue;
                }

                var recency = journey.LastDay - (QuarterDays * quarter) - until.Max(line => line.Day);
                if (!active.TryGetValue(household.Key, out var own))
                {
                    segments.Add(new Segment(quarter, household.Key, recency, 0, 0, null, null, null, until.Any(line => Quarter(line) == quarter + 1) ? "lapsing" : "lost"));
                    continue;
                }

                var (r, f, m) = (Quintile(own.Max(line => line.Day), days), Quintile(Baskets(own), baskets), Quintile(own.Sum(line => line.Sales), sales));
                var name = until.Count == own.Count ? "new"
                    : r > 3 && f > 3 && m > 3 ? "champion"
                    : r < 3 && Math.Max(f, m) > 3 ? "at_risk"
                    : f > 3 ? "loyal"
                    : m > 3 ? "big_spender"
                    : "occasional";
                segments.Add(new Segment(quarter, household.Key, recency, Baskets(own), own.Sum(line => line.Sales), r, f, m, name));
            }
        }

        return segments;
    }

    private static int Quintile(decimal value, List<decimal> sorted) => 1 + Enumerable.Range(1, 4).Count(k => value > sorted[(sorted.Count - 1) * k / 5]);

    private sealed record Segment(int QuartersAgo, int Household, int Recency, int Baskets, decimal Sales, int? R, int? F, int? M, string Name);
}
