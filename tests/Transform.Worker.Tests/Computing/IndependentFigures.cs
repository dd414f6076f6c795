using System.Numerics;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>
/// The tables computed a second time, row by row in plain C# from the description of the data set: nothing is shared with the models. Sections are
/// reduced to two commodities whose sections the description's map gives: BEEF is meat, HALLOWEEN seasonal; anything else is misc.
/// </summary>
internal sealed class IndependentFigures
{
    private const string Excluded = "GASOLINE-REG UNLEADED";

    private readonly Dictionary<int, ProductRow> _products;
    private readonly IReadOnlyList<LineRow> _cleaned;

    internal IndependentFigures(IEnumerable<LineRow> lines, IEnumerable<ProductRow> products)
    {
        _products = products.ToDictionary(product => product.Product);
        var kept = lines
            .Where(line => line.Quantity > 0 && line.Cents > 0)
            .Where(line => line.Day is >= 101 and <= 708)
            .Where(line => _products.ContainsKey(line.Product))
            .Where(line => _products[line.Product] is { Commodity: not Excluded, SubCommodity: not Excluded })
            .ToList();
        var oneDay = kept.GroupBy(line => line.Household).Where(lines => lines.Select(line => line.Day).Distinct().Count() == 1).Select(lines => lines.Key).ToHashSet();
        _cleaned = [.. kept.Where(line => !oneDay.Contains(line.Household))];
    }

    /// <summary>household_key, first_day, last_day, baskets, r, f, m, score, bin, meat, misc, seasonal, total.</summary>
    internal IEnumerable<string> HouseholdSummary()
    {
        var households = _cleaned.GroupBy(line => line.Household).OrderBy(lines => lines.Key).Select(lines => new
        {
            Key = lines.Key,
            First = lines.Min(line => line.Day),
            Last = lines.Max(line => line.Day),
            Baskets = lines.Select(line => line.Basket).Distinct().Count(),
            Lines = lines.ToList(),
            Cents = lines.Sum(line => (long)line.Cents),
        }).ToList();

        // Frequencies as fractions over a common denominator, so that ties are exact without floating point. Nine spans of days can have one beyond 64 bits.
        var denominator = households.Aggregate(BigInteger.One, (all, household) => all * (household.Last - household.First + 1) / BigInteger.GreatestCommonDivisor(all, household.Last - household.First + 1));
        BigInteger Frequency(int baskets, int days) => baskets * (denominator / days);
        BigInteger[] frequencies = [.. households.Select(household => Frequency(household.Baskets, household.Last - household.First + 1)).Order()];
        long[] spends = [.. households.Select(household => household.Cents).Order()];
        foreach (var household in households)
        {
            var r = household.Last <= 525 ? 1 : household.Last <= 615 ? 2 : household.Last <= 675 ? 3 : household.Last <= 700 ? 4 : 5;
            var f = Quintile(Frequency(household.Baskets, household.Last - household.First + 1), frequencies);
            var m = Quintile(household.Cents, spends);
            var score = r + f + m;
            var bin = score < 6 ? 1 : score <= 8 ? 2 : score <= 12 ? 3 : score <= 14 ? 4 : 5;
            yield return $"{household.Key} {household.First} {household.Last} {household.Baskets} {r} {f} {m} {score} {bin} {Amounts(household.Lines)}";
        }
    }

    /// <summary>day, household_key, meat, misc, seasonal, total.</summary>
    internal IEnumerable<string> DailyHouseholdSpend() => _cleaned
        .GroupBy(line => (line.Day, line.Household))
        .OrderBy(lines => lines.Key)
        .Select(lines => $"{lines.Key.Day} {lines.Key.Household} {Amounts([.. lines])}");

    /// <summary>day, sales_value, baskets, households, lines.</summary>
    internal IEnumerable<string> DailySales() => _cleaned
        .GroupBy(line => line.Day)
        .OrderBy(lines => lines.Key)
        .Select(lines => $"{lines.Key} {Money(lines)} {lines.Select(line => line.Basket).Distinct().Count()} {lines.Select(line => line.Household).Distinct().Count()} {lines.Count()}");

    /// <summary>campaign, day, sales_value.</summary>
    internal IEnumerable<string> DailyCampaignSales(IEnumerable<CouponRow> coupons) =>
        coupons.GroupBy(coupon => coupon.Campaign).OrderBy(rows => rows.Key).SelectMany(rows =>
        {
            var listed = rows.Select(coupon => coupon.Product).ToHashSet();
            return _cleaned.Where(line => listed.Contains(line.Product)).GroupBy(line => line.Day).OrderBy(lines => lines.Key)
                .Select(lines => $"{rows.Key} {lines.Key} {Money(lines)}");
        });

    /// <summary>All columns of campaign_summary but the description.</summary>
    internal IEnumerable<string> CampaignSummary(IEnumerable<CampaignRow> campaigns, IReadOnlyCollection<CouponRow> coupons)
    {
        // Every day of the data is looked at, one by one: no arithmetic on bounds that the model could share.
        var days = _cleaned.Count == 0 ? [] : Enumerable.Range(_cleaned.Min(line => line.Day), _cleaned.Max(line => line.Day) - _cleaned.Min(line => line.Day) + 1).ToList();
        foreach (var campaign in campaigns.OrderBy(campaign => campaign.Campaign))
        {
            var listed = coupons.Where(coupon => coupon.Campaign == campaign.Campaign).Select(coupon => coupon.Product).ToHashSet();
            var lines = _cleaned.Where(line => listed.Contains(line.Product)).ToList();
            List<Func<int, bool>> periods = [day => day < campaign.First, day => day >= campaign.First && day <= campaign.Last, day => day > campaign.Last, _ => true];
            var sales = periods.Select(period => lines.Where(line => period(line.Day)).Sum(line => (long)line.Cents) / 100m).ToList();
            var counts = periods.Select(period => days.Count(period)).ToList();
            var averages = sales.Zip(counts, (amount, count) => count == 0 ? "-" : Math.Round(amount / count, 6, MidpointRounding.AwayFromZero).ToString("F6"));
            yield return $"{campaign.Campaign} {campaign.First} {campaign.Last} {campaign.Last - campaign.First + 1} {listed.Count} "
                + $"{string.Join(' ', sales.Select(amount => amount.ToString("F2")))} {string.Join(' ', counts)} {string.Join(' ', averages)}";
        }
    }

    private string Amounts(IReadOnlyList<LineRow> lines) =>
        $"{Money(lines.Where(line => Section(line) is "meat"))} {Money(lines.Where(line => Section(line) is "misc"))} "
        + $"{Money(lines.Where(line => Section(line) is "seasonal"))} {Money(lines)}";

    private string Section(LineRow line) => _products[line.Product].Commodity switch
    {
        "BEEF" => "meat",
        "HALLOWEEN" => "seasonal",
        _ => "misc",
    };

    private static string Money(IEnumerable<LineRow> lines) => (lines.Sum(line => (long)line.Cents) / 100m).ToString("F2");

    private static int Quintile<T>(T value, T[] sorted)
        where T : IComparable<T> =>
        1 + Enumerable.Range(1, 4).Count(k => value.CompareTo(sorted[(int)Math.Floor((sorted.Length - 1) * k / 5.0)]) > 0);
}
