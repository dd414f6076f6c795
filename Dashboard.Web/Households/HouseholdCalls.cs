using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Households;

/// <summary>What the pages of households ask the insights service.</summary>
internal static class HouseholdCalls
{
    internal static Task<Answer<Page<Household>>> GetHouseholdsAsync(this InsightsClient insights, HouseholdFilter filter, CancellationToken cancellationToken) =>
        insights.GetAsync<Page<Household>>($"households{filter.ToQuery()}", cancellationToken);

    internal static Task<Answer<Household>> GetHouseholdAsync(this InsightsClient insights, int householdKey, CancellationToken cancellationToken) =>
        insights.GetAsync<Household>($"households/{householdKey}", cancellationToken);

    internal static Task<Answer<DailySpend>> GetDailySpendAsync(this InsightsClient insights, int householdKey, CancellationToken cancellationToken) =>
        insights.GetAsync<DailySpend>($"households/{householdKey}/daily-spend", cancellationToken);
}

/// <summary>Filters, order and position of a page of households; null means: not filtered.</summary>
/// <param name="Sort">A column, with <c>-</c> before it for descending order: householdKey, totalSales, rfmScore, baskets or lastDay.</param>
/// <param name="After">The cursor that the page before gave.</param>
public sealed record HouseholdFilter(
    int? RfmBin = null,
    bool? HasKids = null,
    bool? Single = null,
    bool? Couple = null,
    bool? Age45Plus = null,
    bool? Income50kPlus = null,
    string? Sort = null,
    string? After = null)
{
    internal const int PageSize = 50;

    /// <summary>The orders that the service knows.</summary>
    internal static readonly IReadOnlyList<string> Sorts =
        [.. new[] { "householdKey", "totalSales", "rfmScore", "baskets", "lastDay" }.SelectMany(IEnumerable<string> (column) => [column, $"-{column}"])];

    /// <summary>Whether any household is left out.</summary>
    internal bool IsFiltered => (RfmBin, HasKids, Single, Couple, Age45Plus, Income50kPlus) != (null, null, null, null, null, null);

    /// <summary>The filters as the query string of the service, page size included.</summary>
    internal string ToQuery() => Query(Pairs().Append(("limit", PageSize.ToString())));

    /// <summary>The filters as the query string of this site's own page; empty when nothing is filtered.</summary>
    internal string ToPageQuery() => Query(Pairs());

    private IEnumerable<(string Name, string? Value)> Pairs() =>
    [
        ("rfmBin", RfmBin?.ToString()),
        ("hasKids", Text(HasKids)),
        ("single", Text(Single)),
        ("couple", Text(Couple)),
        ("age45Plus", Text(Age45Plus)),
        ("income50kPlus", Text(Income50kPlus)),
        ("sort", Sort),
        ("after", After),
    ];

    private static string Query(IEnumerable<(string Name, string? Value)> pairs) =>
        QueryString.Create(pairs.Where(pair => pair.Value is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).ToUriComponent();

    private static string? Text(bool? flag) => flag switch
    {
        true => "true",
        false => "false",
        null => null,
    };
}
