namespace Dunnhumby.SampleData.Truth;

/// <summary>A planted pair: baskets with the first get the second added with a chance.</summary>
/// <param name="FirstProductId">Null when the pair is one of commodities.</param>
/// <param name="SecondProductId">Null when the pair is one of commodities.</param>
/// <param name="AddedChance">The planted chance.</param>
/// <param name="FirstBaskets">Baskets with the first.</param>
/// <param name="SecondBaskets">Baskets with the second.</param>
/// <param name="BothBaskets">Baskets with both.</param>
/// <param name="AddedBaskets">Baskets that got the second because of the first.</param>
/// <param name="Lift">Both × baskets / (first × second), six decimals; null when one of them never occurs.</param>
public sealed record ComplementTruth(
    string FirstCommodity,
    string SecondCommodity,
    int? FirstProductId,
    int? SecondProductId,
    double AddedChance,
    int FirstBaskets,
    int SecondBaskets,
    int BothBaskets,
    int AddedBaskets,
    double? Lift);
