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
