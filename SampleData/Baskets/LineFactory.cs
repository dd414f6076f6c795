using System.Runtime.InteropServices;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Baskets;

/// <summary>Quantities, amounts and discounts of a line, from the 64 random bits that belong to it.</summary>
internal sealed class LineFactory(Panel panel)
{
    private const double NothingShare = 0.0065;
    private const double CouponLineShare = 0.22;
    private const int LargestMatchedCents = 50;

    // Thousandths of a gallon for a cent.
    private const double FuelPerCent = 4.2;

    private static readonly int[] Quantities = [1, 2, 3, 4, 5, 6, 8, 10, 12];
    private static readonly double[] QuantityWeights = [796, 145, 27, 15, 5, 4, 1, 0.7, 0.5];
    private static readonly int[] CouponValues = [100, 50, 75, 55, 40, 35, 200, 25, 150];
    private static readonly double[] CouponWeights = [31, 19, 9, 8, 5, 5, 5, 4, 3];

    /// <summary>Makes a line.</summary>
    /// <param name="depth">Per cent off.</param>
    /// <param name="allowsNothing">Whether the line may be one with QUANTITY 0, as a few of the original are.</param>
    internal BasketLine Make(int product, int depth, ulong bits, bool usesCoupons, bool allowsNothing)
    {
        var stream = new RandomStream(bits);
        var isNothing = stream.NextChance(NothingShare);
        var commodity = panel.Catalogue.CommodityOf(product);
        var price = panel.Catalogue.Products[product].PriceCents;
        if (commodity.IsFuel)
        {
            var cents = (int)Math.Clamp(stream.NextLogNormal(2_450, 0.5), 300, 9_500);
            return new BasketLine(product, (int)(cents * FuelPerCent * stream.NextBetween(0.85, 1.2)), cents, 0, 0, 0);
        }

        if (isNothing && allowsNothing)
        {
            return new BasketLine(product, 0, 0, 0, 0, 0);
        }

        var quantity = commodity.IsWeighed && !stream.NextChance(0.3) ? 1 : Quantities[stream.NextWeighted(QuantityWeights)];
        price = commodity.IsWeighed ? Math.Max(10, (int)stream.NextLogNormal(price, 0.35)) : price;
        var paid = PromotionPlan.CutPrice(price, depth);
        var line = new BasketLine(product, quantity, quantity * paid, -quantity * (price - paid), 0, 0);
        return usesCoupons && stream.NextChance(CouponLineShare) ? WithCoupon(line, CouponValues[stream.NextWeighted(CouponWeights)]) : line;
    }

    /// <summary>The line with a coupon, which the store matches when it is small; nothing when the line is too cheap for it.</summary>
    internal static BasketLine WithCoupon(BasketLine line, int cents)
    {
        if (line.SalesCents <= cents * 2)
        {
            return line;
        }

        var match = cents <= LargestMatchedCents ? cents : 0;
        return line with { SalesCents = line.SalesCents - match, CouponCents = -cents, CouponMatchCents = -match };
    }

    /// <summary>Two lines of one product as one.</summary>
    internal static BasketLine Sum(BasketLine one, BasketLine other) => new(
        one.Product,
        one.Quantity + other.Quantity,
        one.SalesCents + other.SalesCents,
        one.RetailDiscountCents + other.RetailDiscountCents,
        one.CouponCents + other.CouponCents,
        one.CouponMatchCents + other.CouponMatchCents);
}

/// <summary>A line of a basket; money in cents, discounts negative as in the file.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct BasketLine(int Product, int Quantity, int SalesCents, int RetailDiscountCents, int CouponCents, int CouponMatchCents);
