namespace Dunnhumby.Contracts.Stores;

/// <summary>Cleaned sales of a store in a week, beside those of 52 weeks before: a row of <c>store_weekly</c>.</summary>
/// <param name="WeekNo">WEEK_NO of the lines, as in the files.</param>
/// <param name="StoreId">The store, as in the files.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Baskets">Different baskets with a cleaned line.</param>
/// <param name="Households">Different households with a cleaned line.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
/// <param name="SalesValueYearBefore">sales_value of the same store in week_no - 52. Null where there is none. In dollars.</param>
/// <param name="LikeForLike">The change from that week: (sales_value - sales_value_year_before) / sales_value_year_before. Null where there is none. Large in stores with few baskets, and odd where the two weeks have different numbers of days, which sales_weekly has.</param>
public sealed record StoreWeek(
    int WeekNo,
    int StoreId,
    decimal SalesValue,
    long Units,
    int Baskets,
    int Households,
    int Lines,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    decimal? SalesValueYearBefore,
    decimal? LikeForLike);

/// <summary>Cleaned sales of a store on all days: a row of <c>store_summary</c>.</summary>
/// <param name="StoreId">The store, as in the files.</param>
/// <param name="FirstDay">The first DAY with a cleaned line.</param>
/// <param name="FirstDate">The first day on the calendar.</param>
/// <param name="LastDay">The last DAY with a cleaned line.</param>
/// <param name="LastDate">The last day on the calendar.</param>
/// <param name="Days">Different DAYs with a cleaned line. The panel is 2,500 households, so a store without one on a DAY may still have been open.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="Baskets">Different baskets with such a line.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="Products">Different products with a cleaned line.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
/// <param name="ShareOfSales">sales_value / the cleaned sales of all stores.</param>
/// <param name="SalesPerBasket">sales_value / baskets. In dollars a basket.</param>
/// <param name="UnitsPerBasket">units / baskets. Large where goods by weight are sold. Units a basket.</param>
/// <param name="SalesPerHousehold">sales_value / households. In dollars a household.</param>
/// <param name="SalesPerDay">sales_value / days. In dollars a day.</param>
public sealed record StoreSummary(
    int StoreId,
    int FirstDay,
    DateOnly FirstDate,
    int LastDay,
    DateOnly LastDate,
    int Days,
    decimal SalesValue,
    long Units,
    int Lines,
    int Baskets,
    int Households,
    int Products,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    decimal ShareOfSales,
    decimal SalesPerBasket,
    decimal UnitsPerBasket,
    decimal SalesPerHousehold,
    decimal SalesPerDay);
