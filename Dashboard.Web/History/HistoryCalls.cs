using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.History;

/// <summary>What the page of versions asks the services.</summary>
internal static class HistoryCalls
{
    private const int PageSize = 25;

    internal static Task<Answer<Page<VersionSummary>>> GetVersionsAsync(this InsightsClient insights, string? after, CancellationToken cancellationToken) =>
        insights.GetAsync<Page<VersionSummary>>($"versions{Query(("after", after))}", cancellationToken);

    internal static Task<Answer<VersionDifference>> GetDifferenceAsync(this InsightsClient insights, int from, int to, CancellationToken cancellationToken) =>
        insights.GetAsync<VersionDifference>($"versions/{from}/diff/{to}", cancellationToken);

    internal static Task<Answer<Page<RowDifference>>> GetRowChangesAsync(
        this InsightsClient insights, int from, int to, string table, string? after, CancellationToken cancellationToken) =>
        insights.GetAsync<Page<RowDifference>>($"versions/{from}/diff/{to}/{Uri.EscapeDataString(table)}{Query(("after", after))}", cancellationToken);

    internal static Task<Answer<SegmentDifference>> GetSegmentChangesAsync(
        this InsightsClient insights, int from, int to, int? was, int? became, string? after, CancellationToken cancellationToken) =>
        insights.GetAsync<SegmentDifference>($"versions/{from}/diff/{to}/segments{Query(("was", $"{was}"), ("became", $"{became}"), ("after", after))}", cancellationToken);

    internal static Task<Answer<Republication>> GoBackAsync(this TransformClient transform, int version, CancellationToken cancellationToken) =>
        transform.PostAsync<Republication>($"versions/{version}/publish", content: null, cancellationToken);

    internal static Task<Answer<HoldRelease>> ReleaseAsync(this TransformClient transform, CancellationToken cancellationToken) =>
        transform.PostAsync<HoldRelease>("versions/release", content: null, cancellationToken);

    private static string Query(params (string Name, string? Value)[] parts) =>
        QueryString.Create(parts.Where(part => part.Value is { Length: > 0 }).Select(part => KeyValuePair.Create(part.Name, part.Value)))
            .Add("limit", $"{PageSize}")
            .ToUriComponent();
}
