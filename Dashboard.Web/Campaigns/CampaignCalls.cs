using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Campaigns;

/// <summary>What the pages of campaigns ask the insights service.</summary>
internal static class CampaignCalls
{
    internal static Task<Answer<Campaign[]>> GetCampaignsAsync(this InsightsClient insights, CancellationToken cancellationToken) =>
        insights.GetAsync<Campaign[]>("campaigns", cancellationToken);

    internal static Task<Answer<Campaign>> GetCampaignAsync(this InsightsClient insights, int campaign, CancellationToken cancellationToken) =>
        insights.GetAsync<Campaign>($"campaigns/{campaign}", cancellationToken);

    internal static Task<Answer<DaySales[]>> GetCampaignSalesAsync(this InsightsClient insights, int campaign, CancellationToken cancellationToken) =>
        insights.GetAsync<DaySales[]>($"campaigns/{campaign}/daily-sales", cancellationToken);
}
