using System.Globalization;

namespace Dunnhumby.SampleData.Planning;

/// <summary>One commodity of one department: a row of <c>commodities.csv</c>.</summary>
/// <param name="Department">DEPARTMENT.</param>
/// <param name="Name">COMMODITY_DESC, in most rows a name that the section map knows.</param>
/// <param name="Products">Products at scale 1.</param>
/// <param name="LineWeight">Its share of the lines, out of about 100,000.</param>
/// <param name="PriceCents">Median shelf price.</param>
/// <param name="PriceSpread">Standard deviation of the logarithm of the price.</param>
/// <param name="Concentration">Exponent of the popularity by rank.</param>
/// <param name="SubCommodities">How many sub-commodities it has.</param>
/// <param name="PrivateShare">Share of private-label products.</param>
/// <param name="SizeUnit">Unit of its package sizes; empty when they have none.</param>
/// <param name="Season">When it sells: christmas, halloween, easter, summer; empty for all year.</param>
internal sealed record Commodity(
    string Department,
    string Name,
    int Products,
    int LineWeight,
    int PriceCents,
    double PriceSpread,
    double Concentration,
    int SubCommodities,
    double PrivateShare,
    string SizeUnit,
    string Season)
{
    /// <summary>Petrol: QUANTITY counts thousandths of a gallon.</summary>
    internal bool IsFuel { get; } = Department is "KIOSK-GAS" && Name is "COUPON/MISC ITEMS";

    /// <summary>Sold by weight: what a piece costs differs from piece to piece.</summary>
    internal bool IsWeighed { get; } = Department is "MEAT" or "SEAFOOD" or "DELI" or "PRODUCE" or "SALAD BAR";

    /// <summary>Whether it can be advertised, have price cuts and coupons: merchandise rather than services.</summary>
    internal bool IsPromoted { get; } = Department is not ("KIOSK-GAS" or "MISC. TRANS." or "MISC SALES TRAN" or "COUP/STR & MFG" or "POSTAL CENTER" or "RX" or " ");
}

/// <summary>Reads the embedded table of commodities.</summary>
internal static class CommodityTable
{
    internal static IReadOnlyList<Commodity> All { get; } = [.. ReadRows()];

    private static IEnumerable<Commodity> ReadRows()
    {
        // The resource is part of this assembly.
        using var reader = new StreamReader(typeof(CommodityTable).Assembly.GetManifestResourceStream("commodities.csv")!);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            yield return new Commodity(
                fields[0],
                fields[1],
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                int.Parse(fields[3], CultureInfo.InvariantCulture),
                int.Parse(fields[4], CultureInfo.InvariantCulture),
                Number(fields[5]),
                Number(fields[6]),
                int.Parse(fields[7], CultureInfo.InvariantCulture),
                Number(fields[8]),
                fields[9],
                fields[10]);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
