namespace Dunnhumby.Contracts.Totals;

/// <summary>What rows of sales add up to. Baskets and households are not among it: one basket has lines of several departments, one household visits several stores.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
/// <param name="SalesValue">Cleaned sales. In dollars.</param>
/// <param name="Units">Sum of QUANTITY.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
public sealed record SalesTotals(long Rows, decimal SalesValue, long Units, long Lines, decimal RetailDiscount, decimal CouponDiscount, decimal CouponMatchDiscount);

/// <summary>What rows of weekdays and hours add up to.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
/// <param name="SalesValue">Cleaned sales. In dollars.</param>
/// <param name="Units">Sum of QUANTITY.</param>
/// <param name="Lines">Cleaned lines.</param>
public sealed record HourTotals(long Rows, decimal SalesValue, long Units, long Lines);

/// <summary>What one part of days adds up to. The part <c>loaded</c> holds all others, so that several parts have no sums.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
/// <param name="Lines">Lines; null unless one part is kept.</param>
/// <param name="SalesValue">Sum of SALES_VALUE; null unless one part is kept. In dollars.</param>
public sealed record LineTotals(long Rows, long? Lines, decimal? SalesValue);

/// <summary>What commodities add up to, own brand beside all brands.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
/// <param name="SalesValue">Cleaned sales. In dollars.</param>
/// <param name="PrivateSales">Those of the own brand. In dollars.</param>
/// <param name="Units">Sum of QUANTITY.</param>
/// <param name="PrivateUnits">Those of the own brand.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="PrivateLines">Those of the own brand.</param>
public sealed record PrivateLabelTotals(long Rows, decimal SalesValue, decimal PrivateSales, long Units, long PrivateUnits, long Lines, long PrivateLines);

/// <summary>What rows of quarters or months add up to. Households are not among it: one is in several quarters. Nor are baskets, as in no totals.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
/// <param name="SalesValue">Cleaned sales. In dollars.</param>
public sealed record PurchaseTotals(long Rows, decimal SalesValue);

/// <summary>What campaigns or coupons add up to. Sales are not among it: a product can be listed by several.</summary>
/// <param name="Rows">Rows that the filters keep.</param>
/// <param name="Redemptions">Redemptions of coupons.</param>
public sealed record RedemptionTotals(long Rows, long Redemptions);
