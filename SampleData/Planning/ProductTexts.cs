using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>Sub-commodities, brands, manufacturers and sizes.</summary>
internal static class ProductTexts
{
    internal const string Fuel = "GASOLINE-REG UNLEADED";

    private const int LongestLabel = 30;
    private const int PrivateManufacturer = 69;
    private const double NoSizeShare = 0.22;

    private static readonly string[] Variants =
    [
        "REGULAR", "PREMIUM", "VALUE PACK", "LIGHT", "ORGANIC", "FAMILY SIZE", "SINGLE SERVE", "MULTI PACK", "FLAVORED", "CLASSIC", "SPECIALTY", "IMPORTED",
        "LOW SODIUM", "SUGAR FREE", "MINI", "ASSORTED", "TRADITIONAL", "DELUXE", "KIDS", "TRAVEL SIZE", "CLUB PACK", "NATURAL", "GOURMET", "REDUCED FAT",
        "EXTRA", "SEASONAL", "REFILL", "SELECT", "HOMESTYLE", "COUNTRY STYLE", "BULK", "VARIETY", "ORIGINAL", "HOT/SPICY", "MILD", "SMOKED", "FRESH", "WHOLE",
        "SLICED", "CHOPPED", "EVERYDAY", "ACCESSORIES",
    ];

    private static readonly string[] Ounces = ["16", "12", "8", "6", "10", "15", "24", "32", "4", "20", "14", "9", "18", "7", "5", "11", "64"];
    private static readonly string[] Counts = ["1", "10", "24", "50", "100", "12", "6", "2", "3", "30"];

    /// <summary>Position of the sub-commodity among those of the commodity.</summary>
    internal static int SubCommodity(Commodity commodity, Product product) =>
        (int)(RandomStream.Mix((ulong)product.Rank) % (ulong)Math.Max(1, commodity.SubCommodities));

    /// <summary>SUB_COMMODITY_DESC, at most 30 characters.</summary>
    internal static string SubCommodityName(Commodity commodity, int sub)
    {
        if (commodity.IsFuel)
        {
            return Fuel;
        }

        if (string.IsNullOrWhiteSpace(commodity.Name))
        {
            return " ";
        }

        var round = sub / Variants.Length;
        var suffix = Variants[sub % Variants.Length] + (round == 0 ? "" : $" {round + 1}");
        var stem = commodity.Name;
        return $"{stem[..Math.Min(stem.Length, LongestLabel - suffix.Length - 2)].TrimEnd()}: {suffix}";
    }

    internal static bool IsPrivate(ulong seed, Commodity commodity, int id) => Unit(seed, id, 1) < commodity.PrivateShare;

    /// <summary>MANUFACTURER: private labels share one number, the others are many and unequal.</summary>
    internal static int Manufacturer(ulong seed, int id, bool isPrivate)
    {
        const int First = 2;
        const int Count = 6_475;
        var unit = Unit(seed, id, 2);
        return isPrivate ? PrivateManufacturer : First + (int)(Count * unit * unit);
    }

    /// <summary>CURR_SIZE_OF_PRODUCT; one blank when unknown, as in the original.</summary>
    internal static string Size(ulong seed, Commodity commodity, int id)
    {
        if (commodity.SizeUnit.Length == 0 || Unit(seed, id, 3) < NoSizeShare)
        {
            return " ";
        }

        var bits = RandomStream.Hash(seed, Draw.Product, id, -4);
        return commodity.SizeUnit switch
        {
            "OZ" => $"{Ounces[bits % (ulong)Ounces.Length]} OZ",
            "FLOZ" => $"{Ounces[bits % (ulong)Ounces.Length]} FL OZ",
            "ML" => bits % 3 == 0 ? "1.5 LTR" : "750 ML",
            "LB" => $"{1 + (bits % 5)} LB",
            _ => $"{Counts[bits % (ulong)Counts.Length]} CT",
        };
    }

    private static double Unit(ulong seed, int id, int what) => RandomStream.ToUnit(RandomStream.Hash(seed, Draw.Product, id, -what));
}
