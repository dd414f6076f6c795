using System.Runtime.InteropServices;

namespace Dunnhumby.SampleData.Baskets;

/// <summary>A line of a basket; money in cents, discounts negative as in the file.</summary>
[StructLayout(LayoutKind.Auto)]
internal record struct BasketLine(int Product, int Quantity, int SalesCents, int RetailDiscountCents, int CouponCents, int CouponMatchCents);
