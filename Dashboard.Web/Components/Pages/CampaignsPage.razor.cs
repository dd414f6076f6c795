using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>All campaigns with the averages of their listed products.</summary>
public sealed partial class CampaignsPage
{
    private Campaign[] _campaigns = [];

    protected override object LoadKey => true;

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await Insights.GetCampaignsAsync(cancellationToken);
        _campaigns = answer.Value ?? [];
        return answer.Trouble;
    }
}
