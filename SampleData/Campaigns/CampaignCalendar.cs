namespace Dunnhumby.SampleData.Campaigns;

/// <summary>Which campaigns a household is under on a day.</summary>
internal sealed class CampaignCalendar
{
    private readonly Campaign[][] _byHousehold;

    internal CampaignCalendar(IReadOnlyList<Campaign> campaigns, int households)
    {
        var lists = new List<Campaign>[households];
        for (var index = 0; index < households; index++)
        {
            lists[index] = [];
        }

        foreach (var campaign in campaigns)
        {
            foreach (var household in campaign.Households)
            {
                lists[household].Add(campaign);
            }
        }

        _byHousehold = Array.ConvertAll(lists, list => list.ToArray());
    }

    /// <summary>Puts the running campaigns into <paramref name="running"/>.</summary>
    internal void Find(int household, int day, List<Campaign> running)
    {
        running.Clear();
        foreach (var campaign in _byHousehold[household])
        {
            if (day >= campaign.FirstDay && day <= campaign.LastDay)
            {
                running.Add(campaign);
            }
        }
    }
}
