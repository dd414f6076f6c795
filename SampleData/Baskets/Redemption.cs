using System.Runtime.InteropServices;

namespace Dunnhumby.SampleData.Baskets;

/// <summary>A coupon that was handed in with a basket.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Redemption(int Household, int Day, long Upc, int Campaign);
