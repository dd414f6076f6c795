namespace Dunnhumby.Contracts.Sales;

/// <summary>One day of the whole panel's cleaned lines.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar; its weekday follows from it.</param>
/// <param name="Sales">In dollars.</param>
/// <param name="Baskets">Distinct baskets.</param>
/// <param name="Households">Distinct households.</param>
/// <param name="Lines">Cleaned lines.</param>
public sealed record StoreDay(int Day, DateOnly Date, decimal Sales, int Baskets, int Households, int Lines);

/// <summary>One day of a store's cleaned lines.</summary>
/// <param name="Store">STORE_ID of the files.</param>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Sales">In dollars.</param>
/// <param name="Baskets">Distinct baskets.</param>
/// <param name="Households">Distinct households.</param>
/// <param name="Lines">Cleaned lines.</param>
public sealed record StoreDaySales(int Store, int Day, DateOnly Date, decimal Sales, int Baskets, int Households, int Lines);

/// <summary>A store's cleaned lines over the whole data.</summary>
/// <param name="Store">STORE_ID of the files.</param>
/// <param name="Sales">In dollars.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="Days">Days with sales.</param>
/// <param name="FirstDay">First DAY with sales.</param>
/// <param name="FirstDate">That day on the calendar.</param>
/// <param name="LastDay">Last DAY with sales.</param>
/// <param name="LastDate">That day on the calendar.</param>
public sealed record StoreSales(int Store, decimal Sales, long Lines, int Days, int FirstDay, DateOnly FirstDate, int LastDay, DateOnly LastDate);

/// <summary>Sales of one day.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Sales">In dollars.</param>
public sealed record DaySales(int Day, DateOnly Date, decimal Sales);

/// <summary>Cleaned sales of a department and section on a day, over all stores: a row of <c>sales_daily</c>.</summary>
/// <param name="Day">The DAY of the lines.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Department">DEPARTMENT of the products, as in product.csv; (none) where it is blank.</param>
/// <param name="Section">The section of the products, by the section map.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Baskets">Different baskets with such a line.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive: RETAIL_DISC with its sign turned. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive: COUPON_DISC with its sign turned. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive: COUPON_MATCH_DISC with its sign turned. In dollars.</param>
public sealed record DepartmentDay(
    int Day,
    DateOnly Date,
    string Department,
    string Section,
    decimal SalesValue,
    long Units,
    int Baskets,
    int Households,
    int Lines,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount);

/// <summary>Cleaned sales of a department and section in a week, over all stores, beside those of 52 weeks before: a row of <c>sales_weekly</c>.</summary>
/// <param name="WeekNo">WEEK_NO of the lines, as in the files.</param>
/// <param name="Department">DEPARTMENT of the products, as in product.csv; (none) where it is blank.</param>
/// <param name="Section">The section of the products, by the section map.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Baskets">Different baskets with such a line.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
/// <param name="WeekDays">Different DAYs of the week with a cleaned line of any department.</param>
/// <param name="SalesValueYearBefore">sales_value of the same department and section in week_no - 52: 52 weeks, so that weekdays are the same. Null where there is none. In dollars.</param>
/// <param name="WeekDaysYearBefore">week_days of that week. Null where there is none.</param>
/// <param name="LikeForLike">The change from that week: (sales_value - sales_value_year_before) / sales_value_year_before. Null where there is none. Odd where the two weeks have different numbers of days, and high early in the panel's second year, since households joined during the first.</param>
public sealed record DepartmentWeek(
    int WeekNo,
    string Department,
    string Section,
    decimal SalesValue,
    long Units,
    int Baskets,
    int Households,
    int Lines,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    int WeekDays,
    decimal? SalesValueYearBefore,
    int? WeekDaysYearBefore,
    decimal? LikeForLike);

/// <summary>Cleaned sales of a weekday and an hour of the day, over all days: a row of <c>sales_by_hour</c>.</summary>
/// <param name="Weekday">DAY modulo 7. 0 to 6.</param>
/// <param name="Hour">The hour of TRANS_TIME: 13 is from 13:00 to 13:59. 0 to 23.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Baskets">Different baskets with a cleaned line.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="Days">Different DAYs of this weekday with a cleaned line at any hour.</param>
/// <param name="SalesPerDay">sales_value / days, rounded half up. In dollars a day.</param>
/// <param name="BasketsPerDay">baskets / days, rounded half up. Baskets a day.</param>
public sealed record SalesHour(
    int Weekday,
    int Hour,
    decimal SalesValue,
    long Units,
    int Baskets,
    int Lines,
    int Days,
    decimal SalesPerDay,
    decimal BasketsPerDay);

/// <summary>What is loaded of a day, what is shown, or what one cleaning rule leaves out: a row of <c>excluded_sales</c>.</summary>
/// <param name="Day">The DAY of the lines.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Part">loaded is all lines of the lake. The rules in their order: zero, without quantity or sales value; outside_days, before the first or after the last DAY of the settings; unknown_product, not in product.csv; excluded_commodity; single_day_household, of a household whose remaining lines fall on one DAY. shown is what the figures are made of.</param>
/// <param name="Lines">Lines.</param>
/// <param name="SalesValue">Sum of SALES_VALUE of these lines. In dollars.</param>
/// <param name="ShareOfLines">lines / lines loaded of the day.</param>
/// <param name="ShareOfSales">sales_value / sales loaded of the day; null on a day on which all lines have a sales value of 0.</param>
public sealed record ExcludedSales(
    int Day,
    DateOnly Date,
    string Part,
    int Lines,
    decimal SalesValue,
    decimal ShareOfLines,
    decimal? ShareOfSales);
