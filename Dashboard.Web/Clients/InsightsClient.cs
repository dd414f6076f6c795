using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Sales;
using Polly;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Reads the published insights. Troubles are answers, not exceptions.</summary>
internal sealed class InsightsClient(HttpClient http, AnswerCache cache)
{
    internal const string Service = "insights";

    internal Task<Answer<InsightsVersion>> GetVersionAsync(CancellationToken cancellationToken) => GetAsync<InsightsVersion>("version", cancellationToken);

    /// <summary>Asks the service even when a fresh answer is at hand.</summary>
    internal Task<Answer<InsightsVersion>> CheckVersionAsync(CancellationToken cancellationToken) =>
        AskAsync<InsightsVersion>("version", cache.Find("version"), cancellationToken);

    internal Task<Answer<Page<Household>>> GetHouseholdsAsync(HouseholdFilter filter, CancellationToken cancellationToken) =>
        GetAsync<Page<Household>>($"households{filter.ToQuery()}", cancellationToken);

    internal Task<Answer<Household>> GetHouseholdAsync(int householdKey, CancellationToken cancellationToken) =>
        GetAsync<Household>($"households/{householdKey}", cancellationToken);

    internal Task<Answer<DailySpend>> GetDailySpendAsync(int householdKey, CancellationToken cancellationToken) =>
        GetAsync<DailySpend>($"households/{householdKey}/daily-spend", cancellationToken);

    internal Task<Answer<Campaign[]>> GetCampaignsAsync(CancellationToken cancellationToken) => GetAsync<Campaign[]>("campaigns", cancellationToken);

    internal Task<Answer<Campaign>> GetCampaignAsync(int campaign, CancellationToken cancellationToken) =>
        GetAsync<Campaign>($"campaigns/{campaign}", cancellationToken);

    internal Task<Answer<DaySales[]>> GetCampaignSalesAsync(int campaign, CancellationToken cancellationToken) =>
        GetAsync<DaySales[]>($"campaigns/{campaign}/daily-sales", cancellationToken);

    internal Task<Answer<StoreDay[]>> GetStoreDaysAsync(CancellationToken cancellationToken) => GetAsync<StoreDay[]>("sales/daily", cancellationToken);

    internal Task<Answer<OrphanReference[]>> GetOrphansAsync(CancellationToken cancellationToken) => GetAsync<OrphanReference[]>("orphans", cancellationToken);

    private async Task<Answer<T>> GetAsync<T>(string address, CancellationToken cancellationToken)
        where T : class
    {
        var cached = cache.Find(address);
        return cached is { Value: T value } && cache.IsFresh(cached) ? value : await AskAsync<T>(address, cached, cancellationToken);
    }

    private async Task<Answer<T>> AskAsync<T>(string address, CachedAnswer? cached, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cached is { Value: T } && EntityTagHeaderValue.TryParse(cached.ETag, out var etag))
        {
            request.Headers.IfNoneMatch.Add(etag);
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotModified && cached is { Value: T known })
            {
                cache.Keep(address, cached.ETag, known);
                return known;
            }

            return response.IsSuccessStatusCode
                ? await ReadAsync<T>(address, response, cancellationToken)
                : await TroubleReader.ReadAsync(response, Service, cancellationToken);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or ExecutionRejectedException)
        {
            return TroubleReader.Unreachable(Service);
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    private async Task<Answer<T>> ReadAsync<T>(string address, HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        if (await response.Content.ReadFromJsonAsync<T>(cancellationToken) is not { } value)
        {
            return Unreadable;
        }

        if (response.Headers.ETag is { } etag)
        {
            cache.Keep(address, etag.ToString(), value);
        }

        return value;
    }

    private static Trouble Unreadable { get; } = new(
        TroubleKind.Refused,
        "The insights service answered in a way this dashboard cannot read",
        "The dashboard and the service are probably of different versions: build and start both again.");
}
