namespace Dunnhumby.SampleData.Truth;

/// <summary>What was planted and what came of it: the content of <c>truth.json</c>. Money is in units with two decimals.</summary>
/// <param name="SchemaVersion">1.</param>
/// <param name="Effects">False for the twin without effects: then every multiplier is 1, every elasticity 0, and nobody churns or changes.</param>
/// <param name="LastDay">Last day of the panel.</param>
/// <param name="Baskets">Baskets of the whole panel.</param>
/// <param name="Lines">Transactions of the whole panel, good rows.</param>
/// <param name="SalesValue">Their sales.</param>
/// <param name="Displays">What each display code multiplies sales with.</param>
/// <param name="Mailers">What each mailer code multiplies sales with.</param>
public sealed record JourneyTruth(
    int SchemaVersion,
    ulong Seed,
    double Scale,
    int Weeks,
    bool Effects,
    int LastDay,
    int Households,
    int Baskets,
    long Lines,
    decimal SalesValue,
    IReadOnlyList<CampaignTruth> Campaigns,
    IReadOnlyList<CodeEffect> Displays,
    IReadOnlyList<CodeEffect> Mailers,
    IReadOnlyList<ElasticityTruth> Elasticities,
    IReadOnlyList<ComplementTruth> Complements,
    IReadOnlyList<ChurnTruth> Churned,
    IReadOnlyList<ChangeTruth> Changes,
    IReadOnlyList<FavouriteTruth> Favourites);
