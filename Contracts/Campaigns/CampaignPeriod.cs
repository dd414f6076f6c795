namespace Dunnhumby.Contracts.Campaigns;

/// <summary>Sales of a campaign's products in one period.</summary>
/// <param name="Sales">In dollars.</param>
/// <param name="Days">Days of the period that lie in the data.</param>
/// <param name="Average">Sales per day of <paramref name="Days"/>; null when there is none.</param>
public sealed record CampaignPeriod(decimal Sales, int Days, decimal? Average);
