namespace Dunnhumby.Contracts.Households;

/// <summary>A household's spend by day and section.</summary>
/// <param name="HouseholdKey">The panel's household key.</param>
/// <param name="Sections">The section names, in the order in which <see cref="SpendDay.Sections"/> gives amounts.</param>
/// <param name="Days">Days with spend, ascending.</param>
public sealed record DailySpend(int HouseholdKey, IReadOnlyList<string> Sections, IReadOnlyList<SpendDay> Days);
