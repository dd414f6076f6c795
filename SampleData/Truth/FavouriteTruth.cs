namespace Dunnhumby.SampleData.Truth;

/// <summary>A product that a household buys on its first trip after every due day.</summary>
/// <param name="IntervalDays">Days between due days; each is moved by up to a tenth of it.</param>
/// <param name="FirstDueDay">First due day before that, one decimal.</param>
public sealed record FavouriteTruth(int HouseholdKey, int ProductId, int IntervalDays, double FirstDueDay);
