namespace Dunnhumby.Contracts.Households;

/// <summary>A household of the panel: profile, scores and spend over its cleaned lines. Money in dollars, exact.</summary>
/// <param name="HouseholdKey">The panel's household key.</param>
/// <param name="Age45Plus">Null, as the other flags, when the panel has no demographics of the household or leaves the field unknown.</param>
/// <param name="Income50kPlus">Yearly income of 50,000 dollars or more.</param>
/// <param name="SingleCoupleFamily">1 single, 2 couple, 3 family.</param>
/// <param name="FirstDay">First DAY with a cleaned line.</param>
/// <param name="LastDay">Last DAY with a cleaned line.</param>
/// <param name="Baskets">Distinct baskets.</param>
/// <param name="RScore">Recency, 1 (long ago) to 5 (recent).</param>
/// <param name="FScore">Frequency, 1 to 5.</param>
/// <param name="MScore">Monetary, 1 to 5.</param>
/// <param name="RfmScore">The three scores added up, 3 to 15.</param>
/// <param name="RfmBin">1 (weakest) to 5 (best).</param>
/// <param name="Sections">Spend per section, all fifteen, in the order of <see cref="Insights.Sections.All"/>.</param>
/// <param name="TotalSales">The sections' sum.</param>
public sealed record Household(
    int HouseholdKey,
    bool? Age45Plus,
    bool? Income50kPlus,
    int? SingleCoupleFamily,
    bool? HasKids,
    bool? Single,
    bool? Couple,
    int FirstDay,
    int LastDay,
    int Baskets,
    int RScore,
    int FScore,
    int MScore,
    int RfmScore,
    int RfmBin,
    IReadOnlyDictionary<string, decimal> Sections,
    decimal TotalSales);

/// <summary>A household's spend by day and section.</summary>
/// <param name="HouseholdKey">The panel's household key.</param>
/// <param name="Sections">The section names, in the order in which <see cref="SpendDay.Sections"/> gives amounts.</param>
/// <param name="Days">Days with spend, ascending.</param>
public sealed record DailySpend(int HouseholdKey, IReadOnlyList<string> Sections, IReadOnlyList<SpendDay> Days);

/// <summary>One day of a household's spend, in dollars.</summary>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Sections">Fifteen amounts, in the order of <see cref="DailySpend.Sections"/>.</param>
/// <param name="Total">Their sum.</param>
public sealed record SpendDay(int Day, DateOnly Date, IReadOnlyList<decimal> Sections, decimal Total);
