namespace Dunnhumby.Contracts.Sales;

/// <summary>One day of the whole panel's cleaned lines.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar; its weekday follows from it.</param>
/// <param name="Sales">In dollars.</param>
/// <param name="Baskets">Distinct baskets.</param>
/// <param name="Households">Distinct households.</param>
/// <param name="Lines">Cleaned lines.</param>
public sealed record StoreDay(int Day, DateOnly Date, decimal Sales, int Baskets, int Households, int Lines);

/// <summary>Sales of one day.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Sales">In dollars.</param>
public sealed record DaySales(int Day, DateOnly Date, decimal Sales);
