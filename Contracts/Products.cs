namespace Dunnhumby.Contracts.Products;

/// <summary>What households bought of a product on all days, and at what price: a row of <c>product_summary</c>.</summary>
/// <param name="ProductId">The product, as in the files.</param>
/// <param name="Department">DEPARTMENT of the products, as in product.csv; (none) where it is blank.</param>
/// <param name="Section">The section of the products, by the section map.</param>
/// <param name="CommodityDesc">COMMODITY_DESC, as in product.csv; (none) where it is blank.</param>
/// <param name="SubCommodityDesc">SUB_COMMODITY_DESC, as in product.csv; (none) where it is blank.</param>
/// <param name="Brand">National or Private.</param>
/// <param name="Manufacturer">MANUFACTURER, as in product.csv: a number without a name.</param>
/// <param name="CurrSizeOfProduct">CURR_SIZE_OF_PRODUCT, as in product.csv; null where it is blank.</param>
/// <param name="FirstDay">The first DAY with a cleaned line.</param>
/// <param name="FirstDate">The first day on the calendar.</param>
/// <param name="LastDay">The last DAY with a cleaned line.</param>
/// <param name="LastDate">The last day on the calendar.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="Baskets">Different baskets with such a line.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="RepeatHouseholds">Households that bought it on more than one DAY.</param>
/// <param name="RepeatRate">repeat_households / households. Low for products that appeared late in the data: there was no time to come back.</param>
/// <param name="Penetration">households / all households with cleaned lines.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
/// <param name="PricePaid">What households paid for a unit: (sales_value - coupon_discount) / units. Below zero where coupons exceed sales; tiny for goods by weight, whose units are no pieces. In dollars a unit.</param>
/// <param name="BasePrice">The price of a unit without card and coupon: (sales_value + retail_discount + coupon_match_discount) / units. In dollars a unit.</param>
public sealed record ProductSummary(
    int ProductId,
    string Department,
    string Section,
    string CommodityDesc,
    string SubCommodityDesc,
    string Brand,
    int Manufacturer,
    string? CurrSizeOfProduct,
    int FirstDay,
    DateOnly FirstDate,
    int LastDay,
    DateOnly LastDate,
    decimal SalesValue,
    long Units,
    int Lines,
    int Baskets,
    int Households,
    int RepeatHouseholds,
    decimal RepeatRate,
    decimal Penetration,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    decimal PricePaid,
    decimal BasePrice);

/// <summary>A product in a week: sales, buyers, prices and promotions: a row of <c>product_weekly</c>.</summary>
/// <param name="ProductId">The product, as in the files.</param>
/// <param name="WeekNo">WEEK_NO of the lines, as in the files.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="ActiveHouseholds">Different households with any cleaned line in the week.</param>
/// <param name="Penetration">households / active_households.</param>
/// <param name="RepeatHouseholds">Households of the week that bought the product in an earlier week, too.</param>
/// <param name="RepeatRate">repeat_households / households. Low in the first weeks of the data, since earlier purchases are not in it.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
/// <param name="PricePaid">What households paid for a unit: (sales_value - coupon_discount) / units. Below zero where coupons exceed sales. In dollars a unit.</param>
/// <param name="BasePrice">The price of a unit without card and coupon: (sales_value + retail_discount + coupon_match_discount) / units. In dollars a unit.</param>
/// <param name="DisplayStores">Stores with the product on display in the week: rows of causal_data.csv whose display is not 0; null in weeks that causal_data.csv does not have.</param>
/// <param name="MailerStores">Stores with the product in the mailer of the week: rows of causal_data.csv whose mailer is not 0; null in weeks that causal_data.csv does not have.</param>
public sealed record ProductWeek(
    int ProductId,
    int WeekNo,
    decimal SalesValue,
    long Units,
    int Lines,
    int Households,
    int ActiveHouseholds,
    decimal Penetration,
    int RepeatHouseholds,
    decimal RepeatRate,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    decimal PricePaid,
    decimal BasePrice,
    int? DisplayStores,
    int? MailerStores);

/// <summary>What households bought in a department on all days: a row of <c>department_summary</c>.</summary>
/// <param name="Department">DEPARTMENT of the products, as in product.csv; (none) where it is blank.</param>
/// <param name="Products">Different products with a cleaned line.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="Baskets">Different baskets with such a line.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="RetailDiscount">The loyalty card's discount, positive. Below zero where the files have a RETAIL_DISC above zero. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons, positive. The manufacturer pays it, so it is part of sales_value. In dollars.</param>
/// <param name="CouponMatchDiscount">What the retailer added to coupons, positive. In dollars.</param>
/// <param name="ShareOfSales">sales_value / the cleaned sales of all departments.</param>
/// <param name="Penetration">households / all households with cleaned lines.</param>
/// <param name="SalesPerBasket">sales_value / baskets: what a basket with the department has of it. In dollars a basket.</param>
/// <param name="DiscountShare">What the retailer gave away of its own: (retail_discount + coupon_match_discount) / (sales_value + both); null where there is nothing to divide by.</param>
public sealed record DepartmentSummary(
    string Department,
    int Products,
    decimal SalesValue,
    long Units,
    int Lines,
    int Baskets,
    int Households,
    decimal RetailDiscount,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    decimal ShareOfSales,
    decimal Penetration,
    decimal SalesPerBasket,
    decimal? DiscountShare);

/// <summary>The retailer's own brand in a commodity: a row of <c>private_label_share</c>.</summary>
/// <param name="Department">DEPARTMENT of the products, as in product.csv; (none) where it is blank.</param>
/// <param name="CommodityDesc">COMMODITY_DESC, as in product.csv; (none) where it is blank.</param>
/// <param name="SalesValue">Cleaned sales: what the retailer received. In dollars.</param>
/// <param name="PrivateSales">sales_value of products whose BRAND is Private. In dollars.</param>
/// <param name="Units">Sum of QUANTITY. Goods by weight count as the files have them, a few in the thousands.</param>
/// <param name="PrivateUnits">units of products whose BRAND is Private.</param>
/// <param name="Lines">Cleaned lines.</param>
/// <param name="PrivateLines">Cleaned lines of products whose BRAND is Private.</param>
/// <param name="Households">Different households with such a line.</param>
/// <param name="PrivateHouseholds">Different households with such a line of a product whose BRAND is Private.</param>
/// <param name="ShareOfSales">private_sales / sales_value.</param>
/// <param name="ShareOfUnits">private_units / units. Odd in commodities by weight, whose units are no pieces.</param>
/// <param name="ShareOfHouseholds">private_households / households.</param>
public sealed record PrivateLabelShare(
    string Department,
    string CommodityDesc,
    decimal SalesValue,
    decimal PrivateSales,
    long Units,
    long PrivateUnits,
    int Lines,
    int PrivateLines,
    int Households,
    int PrivateHouseholds,
    decimal ShareOfSales,
    decimal ShareOfUnits,
    decimal ShareOfHouseholds);
