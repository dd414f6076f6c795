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
