namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>A campaign of the independent computation.</summary>
internal sealed record CampaignRow(int Campaign, int First, int Last);
