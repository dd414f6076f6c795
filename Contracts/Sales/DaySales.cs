namespace Dunnhumby.Contracts.Sales;

/// <summary>Sales of one day.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Sales">In dollars.</param>
public sealed record DaySales(int Day, DateOnly Date, decimal Sales);
