namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>A coupon of the independent computation.</summary>
internal sealed record CouponRow(int Campaign, int Product, long Upc);
