namespace Dunnhumby.SampleData.Campaigns;

/// <summary>A coupon of a campaign.</summary>
/// <param name="Upc">COUPON_UPC.</param>
/// <param name="ValueCents">What it takes off.</param>
/// <param name="Products">Positions of the products it is good for, ascending.</param>
internal sealed record Coupon(long Upc, int ValueCents, IReadOnlyList<int> Products);
