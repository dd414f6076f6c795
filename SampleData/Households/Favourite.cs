using System.Runtime.InteropServices;

namespace Dunnhumby.SampleData.Households;

/// <summary>A product that a household buys again and again, on its first trip after each due day.</summary>
/// <param name="Product">Position in the catalogue; always a staple.</param>
/// <param name="IntervalDays">Days between due days, on average.</param>
/// <param name="Phase">First due day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Favourite(int Product, int IntervalDays, double Phase);
