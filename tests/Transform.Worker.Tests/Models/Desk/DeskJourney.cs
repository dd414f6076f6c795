using System.Globalization;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>The rows of a journey as plain records, and its cleaned lines by the rules of the data set's description. Nothing is shared with the models.</summary>
internal sealed class DeskJourney
{
    private const string Excluded = "GASOLINE-REG UNLEADED";
    private const string None = "(none)";

    private static readonly Dictionary<string, string> Sections = new(StringComparer.Ordinal)
    {
        ["BUTTER"] = "dairy",
        ["BEEF"] = "meat",
        ["APPLES"] = "produce",
        ["HALLOWEEN"] = "seasonal",
    };

    private DeskJourney(IReadOnlyDictionary<string, string[]> rows)
    {
        Rows = rows;
        Lines = [.. Fields(DatasetNames.Transactions).Select(field => new DeskLine(
            Number(field[0]), long.Parse(field[1], CultureInfo.InvariantCulture), Number(field[2]), Number(field[3]), Number(field[4]), Money(field[5]),
            Number(field[6]), 0 - Money(field[7]), Number(field[8]), Number(field[9]), 0 - Money(field[10]), 0 - Money(field[11])))];
        Products = Fields(DatasetNames.Products).Select(field => new DeskProduct(
            Number(field[0]), Named(field[2]), field[3], Number(field[1]), Named(field[4]), Named(field[5]), string.IsNullOrWhiteSpace(field[6]) ? null : field[6],
            Sections.GetValueOrDefault(field[4], "misc"))).ToDictionary(product => product.Id);
        Campaigns = [.. Fields(DatasetNames.Campaigns).Select(field => new DeskCampaign(field[0], Number(field[1]), Number(field[2]), Number(field[3])))];
        Targets = [.. Fields(DatasetNames.CampaignHouseholds).Select(field => (Campaign: Number(field[2]), Household: Number(field[1])))];
        Coupons = [.. Fields(DatasetNames.Coupons).Select(field => (Campaign: Number(field[2]), Coupon: field[0], Product: Number(field[1])))];
        Redemptions = [.. Fields(DatasetNames.CouponRedemptions).Select(field => (Campaign: Number(field[3]), Coupon: field[2], Household: Number(field[0]), Day: Number(field[1])))];
        Promotions = [.. Fields(DatasetNames.Causal).Select(field => (Product: Number(field[0]), Week: Number(field[2]), OnDisplay: field[3] is not "0", InMailer: field[4] is not "0"))];

        (Zero, var rest) = Part(Lines, line => line.Quantity <= 0 || line.Sales <= 0);
        (OutsideDays, rest) = Part(rest, line => line.Day is < 101 or > 708);
        (UnknownProduct, rest) = Part(rest, line => !Products.ContainsKey(line.Product));
        (ExcludedCommodity, rest) = Part(rest, line => Products[line.Product] is { Commodity: Excluded } or { SubCommodity: Excluded });
        var oneDay = rest.GroupBy(line => line.Household).Where(lines => lines.Select(line => line.Day).Distinct().Count() == 1).Select(lines => lines.Key).ToHashSet();
        (SingleDay, Cleaned) = Part(rest, line => oneDay.Contains(line.Household));
    }

    /// <summary>The journey whose figures can be computed by hand.</summary>
    internal static DeskJourney Small { get; } = new(SmallJourney.Files.ToDictionary(
        file => file.Key, file => file.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..], StringComparer.Ordinal));

    /// <summary>One of chance with ties, gaps, repeated lines, unknown products and days 52 weeks apart.</summary>
    internal static DeskJourney Chance { get; } = new(RandomJourney.Rows(8451));

    /// <summary>By data set, without header.</summary>
    internal IReadOnlyDictionary<string, string[]> Rows { get; }

    internal IReadOnlyList<DeskLine> Lines { get; }

    internal IReadOnlyList<DeskLine> Cleaned { get; }

    internal IReadOnlyList<DeskLine> Zero { get; }

    internal IReadOnlyList<DeskLine> OutsideDays { get; }

    internal IReadOnlyList<DeskLine> UnknownProduct { get; }

    internal IReadOnlyList<DeskLine> ExcludedCommodity { get; }

    internal IReadOnlyList<DeskLine> SingleDay { get; }

    internal IReadOnlyDictionary<int, DeskProduct> Products { get; }

    internal IReadOnlyList<DeskCampaign> Campaigns { get; }

    internal IReadOnlyList<(int Campaign, int Household)> Targets { get; }

    internal IReadOnlyList<(int Campaign, string Coupon, int Product)> Coupons { get; }

    internal IReadOnlyList<(int Campaign, string Coupon, int Household, int Day)> Redemptions { get; }

    internal IReadOnlyList<(int Product, int Week, bool OnDisplay, bool InMailer)> Promotions { get; }

    internal int FirstDay => Cleaned.Min(line => line.Day);

    internal int LastDay => Cleaned.Max(line => line.Day);

    internal DeskProduct ProductOf(DeskLine line) => Products[line.Product];

    private IEnumerable<string[]> Fields(string dataset) => Rows[dataset].Select(row => row.Split(','));

    private static (IReadOnlyList<DeskLine> LeftOut, IReadOnlyList<DeskLine> Kept) Part(IReadOnlyList<DeskLine> lines, Func<DeskLine, bool> isLeftOut) =>
        ([.. lines.Where(isLeftOut)], [.. lines.Where(line => !isLeftOut(line))]);

    private static string Named(string text) => string.IsNullOrWhiteSpace(text) ? None : text;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Money(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A transaction line; discounts are positive.</summary>
internal sealed record DeskLine(
    int Household, long Basket, int Day, int Product, int Quantity, decimal Sales, int Store, decimal RetailDiscount, int Time, int Week, decimal CouponDiscount, decimal MatchDiscount);

internal sealed record DeskProduct(int Id, string Department, string Brand, int Manufacturer, string Commodity, string SubCommodity, string? Size, string Section);

internal sealed record DeskCampaign(string Type, int Id, int First, int Last)
{
    internal int Duration => Last - First + 1;
}
