namespace Dunnhumby.Contracts.Baskets;

/// <summary>A bin or a quantile of how baskets, lines and visits are distributed: a row of <c>basket_profile</c>.</summary>
/// <param name="Measure">basket_lines, basket_value, line_value or days_between_visits.</param>
/// <param name="Kind">bin or quantile.</param>
/// <param name="Position">Of a bin its number, from 1; of a quantile its percent: 50 is the median.</param>
/// <param name="FromValue">Of a bin the least value in it; of a quantile the least value that its percent of the observations do not exceed. Lines, dollars or days.</param>
/// <param name="BelowValue">Of a bin the least value above it; null for the last bin and for quantiles. Lines, dollars or days.</param>
/// <param name="Observations">Of a bin how many observations are in it; of a quantile how many do not exceed its value.</param>
/// <param name="OfAll">Observations of the measure.</param>
/// <param name="Share">observations / of_all. Of a quantile at least its percent; more where several observations have its value.</param>
public sealed record BasketProfile(
    string Measure,
    string Kind,
    int Position,
    decimal FromValue,
    decimal? BelowValue,
    long Observations,
    long OfAll,
    decimal Share);

/// <summary>Two items that are bought together: a row of <c>basket_affinity</c>.</summary>
/// <param name="Level">commodity or product.</param>
/// <param name="LeftItem">COMMODITY_DESC, or PRODUCT_ID as text.</param>
/// <param name="RightItem">COMMODITY_DESC, or PRODUCT_ID as text.</param>
/// <param name="LeftDescription">The left commodity, or the product's commodity and sub-commodity.</param>
/// <param name="RightDescription">The same of the right item.</param>
/// <param name="Baskets">Baskets with both items: the count behind all measures.</param>
/// <param name="LeftBaskets">Baskets with the left item.</param>
/// <param name="RightBaskets">Baskets with the right item.</param>
/// <param name="AllBaskets">All baskets.</param>
/// <param name="Support">baskets / all_baskets.</param>
/// <param name="ConfidenceLeftToRight">baskets / left_baskets: of the baskets with the left item, those that have the right one.</param>
/// <param name="ConfidenceRightToLeft">baskets / right_baskets.</param>
/// <param name="Lift">baskets x all_baskets / (left_baskets x right_baskets): 1 when the items are independent. Very large for two rare items that met once; read it with baskets and is_significant.</param>
/// <param name="Leverage">support minus what independence gives: support - left_baskets x right_baskets / all_baskets^2.</param>
/// <param name="Pairs">All pairs of items of the level that were sold: as many comparisons are made.</param>
/// <param name="Log10Bound">The base-10 logarithm of a bound on the chance that independent items share so many baskets, times pairs (Bonferroni): (k - E - k ln(k / E)) / ln 10 + log10(pairs), with k = baskets and E = left_baskets x right_baskets / all_baskets; at most 0, and 0 when k is not above E. It is a bound, not the chance itself, and errs on the safe side. Large baskets hold more of everything, which makes pairs of common items significant though nothing links them.</param>
/// <param name="IsSignificant">Whether that bound is 0.05 or less: fewer than one level in twenty has any false pair.</param>
public sealed record BasketAffinity(
    string Level,
    string LeftItem,
    string RightItem,
    string LeftDescription,
    string RightDescription,
    int Baskets,
    int LeftBaskets,
    int RightBaskets,
    int AllBaskets,
    decimal Support,
    decimal ConfidenceLeftToRight,
    decimal ConfidenceRightToLeft,
    decimal Lift,
    decimal Leverage,
    int Pairs,
    decimal Log10Bound,
    bool IsSignificant);
