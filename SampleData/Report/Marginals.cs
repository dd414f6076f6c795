namespace Dunnhumby.SampleData.Report;

/// <summary>What a thinned panel looks like, in numbers that can be compared.</summary>
internal sealed class Marginals(PanelSample sample)
{
    private static readonly double[] Levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
    private static readonly int[] ProductRanks = [1, 10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000, 15_000];
    private static readonly int[] StoreRanks = [1, 5, 10, 20, 50, 100, 150];
    private static readonly string[] WeekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private int Count => sample.Lines.Count;

    /// <summary>The single figures, by name.</summary>
    internal IReadOnlyList<(string Name, double Value)> Figures() =>
    [
        ("mean line value", sample.Lines.Average(line => line.Sales)),
        ("share of lines with a retail discount", Share(line => line.Discount < 0)),
        ("retail discount per unit of sales", -sample.Lines.Sum(line => line.Discount) / sample.Lines.Sum(line => line.Sales)),
        ("share of lines with a coupon", Share(line => line.Coupon < 0)),
        ("share of lines with quantity 1", Share(line => line.Quantity == 1)),
        ("share of lines with quantity 2", Share(line => line.Quantity == 2)),
        ("share of lines with quantity 0", Share(line => line.Quantity == 0)),
        ("lines per basket, thinned", (double)Count / sample.Lines.Select(line => line.Basket).Distinct().Count()),
        ("share of lines of private label", Share(line => sample.Products.TryGetValue(line.Product, out var product) && product.IsPrivate)),
        ("share of lines of GROCERY", Share(line => sample.Products.TryGetValue(line.Product, out var product) && product.Department is "GROCERY")),
        ("share of sales of fuel", FuelSales()),
        ("distinct products", sample.Lines.Select(line => line.Product).Distinct().Count()),
        ("distinct households", sample.Lines.Select(line => line.Household).Distinct().Count()),
    ];

    /// <summary>The curves, by name, each with the labels of its points.</summary>
    internal IReadOnlyList<Curve> Curves() =>
    [
        new("lines-per-household", "Lines per household: quantiles", [.. Levels.Select(Percent)], Quantiles(Counts(line => line.Household))),
        new("line-value", "Value of a line: quantiles", [.. Levels.Select(Percent)], Quantiles(sample.Lines.Select(line => line.Sales))),
        new("hours", "Share of lines by hour", [.. Enumerable.Range(0, 24).Select(hour => $"{hour}")], Shares(24, line => line.Hour)),
        new("weekdays", "Share of lines by weekday", WeekdayNames, Shares(7, line => line.Day % 7)),
        new("products", "Share of lines of the most popular products", [.. ProductRanks.Select(rank => $"{rank:N0}")], TopShares(line => line.Product, ProductRanks)),
        new("stores", "Share of lines of the largest stores", [.. StoreRanks.Select(rank => $"{rank}")], TopShares(line => line.Store, StoreRanks)),
        new("days", "Lines per day: quantiles", [.. Levels.Select(Percent)], Quantiles(Counts(line => line.Day))),
    ];

    /// <summary>Share of the lines by commodity.</summary>
    internal IReadOnlyDictionary<string, double> Commodities() => sample.Lines
        .Where(line => sample.Products.ContainsKey(line.Product))
        .CountBy(line => sample.Products[line.Product].Commodity, StringComparer.Ordinal)
        .ToDictionary(pair => pair.Key, pair => (double)pair.Value / Count, StringComparer.Ordinal);

    private static string Percent(double level) => $"{level * 100:0} %";

    private static double[] Quantiles(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return [.. Levels.Select(level => sorted[(int)(level * (sorted.Length - 1))])];
    }

    private IEnumerable<double> Counts(Func<PanelSample.Line, int> key) => sample.Lines.CountBy(key).Select(pair => (double)pair.Value);

    private double Share(Func<PanelSample.Line, bool> isCounted) => (double)sample.Lines.Count(isCounted) / Count;

    private double[] Shares(int groups, Func<PanelSample.Line, int> group)
    {
        var counts = sample.Lines.CountBy(group).ToDictionary();
        return [.. Enumerable.Range(0, groups).Select(index => (double)counts.GetValueOrDefault(index) / Count)];
    }

    private double[] TopShares(Func<PanelSample.Line, int> key, int[] ranks)
    {
        var sorted = Counts(key).OrderDescending().ToArray();
        return [.. ranks.Select(rank => sorted.Take(rank).Sum() / Count)];
    }

    private double FuelSales() =>
        sample.Lines.Where(line => sample.Products.TryGetValue(line.Product, out var product) && product.Department is "KIOSK-GAS").Sum(line => line.Sales)
        / sample.Lines.Sum(line => line.Sales);
}
