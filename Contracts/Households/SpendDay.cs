namespace Dunnhumby.Contracts.Households;

/// <summary>One day of a household's spend, in dollars.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Sections">Fifteen amounts, in the order of <see cref="DailySpend.Sections"/>.</param>
/// <param name="Total">Their sum.</param>
public sealed record SpendDay(int Day, DateOnly Date, IReadOnlyList<decimal> Sections, decimal Total);
