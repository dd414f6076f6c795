namespace Dunnhumby.SampleData.Truth;

/// <summary>What was planted and its effect: the content of <c>truth.json</c>. Money is in units with two decimals.</summary>
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

/// <summary>A campaign's effect on the purchases of listed products by targeted households from first to last day.</summary>
/// <param name="Campaign">CAMPAIGN.</param>
/// <param name="Lift">Multiplier of those purchases; with other campaigns on the same product the product of lifts, at most 1.8.</param>
/// <param name="Targeted">Targeted households.</param>
/// <param name="ListedProducts">Products that a coupon lists.</param>
/// <param name="Lines">Those purchases, before equal products of a basket are added up.</param>
/// <param name="SalesValue">Their sales.</param>
/// <param name="IncrementalLines">Those that would not have been made without this campaign, all other campaigns being as they are.</param>
/// <param name="IncrementalSalesValue">Their sales: the true incremental sales.</param>
/// <param name="Redemptions">Coupons handed in.</param>
public sealed record CampaignTruth(
    int Campaign,
    string Description,
    int FirstDay,
    int LastDay,
    double Lift,
    int Targeted,
    int ListedProducts,
    int Lines,
    decimal SalesValue,
    int IncrementalLines,
    decimal IncrementalSalesValue,
    int Redemptions);

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

/// <summary>Purchases of a product of the commodity are multiplied with (price / shelf price) ^ elasticity.</summary>
public sealed record ElasticityTruth(string Commodity, double Elasticity);

/// <summary>A household that behaves differently from a day on.</summary>
/// <param name="Kind"><c>fewer_trips</c>, <c>more_trips</c>, <c>smaller_baskets</c>, <c>larger_baskets</c> or <c>new_store</c> (home and second store change places).</param>
/// <param name="Factor">What the chance of a trip or the size of a basket is multiplied with.</param>
public sealed record ChangeTruth(int HouseholdKey, string Kind, int Day, double Factor);

/// <summary>A household that never comes again after a day.</summary>
public sealed record ChurnTruth(int HouseholdKey, int Day);

/// <summary>A product that a household buys on its first trip after every due day.</summary>
/// <param name="IntervalDays">Days between due days; each is moved by up to a tenth of it.</param>
/// <param name="FirstDueDay">First due day before that, one decimal.</param>
public sealed record FavouriteTruth(int HouseholdKey, int ProductId, int IntervalDays, double FirstDueDay);

/// <summary>What a display or mailer code multiplies the purchases of a product in a store and week with.</summary>
public sealed record CodeEffect(string Code, double Multiplier);
