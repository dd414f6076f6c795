using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Baskets;

/// <summary>What the planted effects multiply the purchases of a product with. No multiplier is below 1.</summary>
internal sealed class Multipliers(Panel panel)
{
    /// <summary>No multiplier is larger.</summary>
    internal static readonly double Ceiling = Limit(isAdvertised: true, isTargeted: true);

    /// <summary>The largest multiplier that can occur in a store and week for a household.</summary>
    internal static double Limit(bool isAdvertised, bool isTargeted) => Elasticities.Ceiling
        * (isAdvertised ? Advertising.StrongestDisplay * Advertising.StrongestMailer : 1)
        * (isTargeted ? CampaignPlanner.LargestLift : 1);

    /// <summary>What the running campaigns multiply with, one of them left out.</summary>
    internal static double OfCampaigns(List<Campaign> running, int product, Campaign? without)
    {
        var lift = 1.0;
        foreach (var campaign in running)
        {
            if (campaign != without && campaign.Lists[product])
            {
                lift *= campaign.Lift;
            }
        }

        return Math.Min(lift, CampaignPlanner.LargestLift);
    }

    /// <summary>Whether a store has displays and mailers in a week at all.</summary>
    internal bool IsAdvertised(int store, int week) =>
        store < panel.Stores.Advertised && week is >= PromotionPlan.FirstWeek and <= PromotionPlan.LastWeek;

    /// <summary>What price, display and mailer multiply with.</summary>
    internal double OfOffer(int product, Offer offer, int store, int week, bool isAdvertised)
    {
        if (offer.Bits == 0 || !panel.Options.Effects)
        {
            return 1;
        }

        var price = panel.Elasticities.Multiplier(panel.Catalogue.Products[product].Commodity, offer.Depth);
        if (!isAdvertised || !offer.IsAdvertised || !panel.Promotions.IsCarried(product, store))
        {
            return price;
        }

        var display = panel.Promotions.DisplayAt(product, week, store, offer);
        return price * Advertising.DisplayEffects[display] * Advertising.MailerEffects[offer.Mailer];
    }
}
