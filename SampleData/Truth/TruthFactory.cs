using System.Text;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Truth;

/// <summary>States the plan and its measured outcome.</summary>
internal static class TruthFactory
{
    private const int SchemaVersion = 1;

    internal static JourneyTruth Make(Panel panel, Tally tally)
    {
        var options = panel.Options;
        return new JourneyTruth(
            SchemaVersion,
            options.Seed,
            options.Scale,
            options.Weeks,
            options.Effects,
            panel.Calendar.LastDay,
            panel.Households.Count,
            tally.Baskets,
            tally.Lines,
            Money(tally.SalesCents),
            [.. panel.Campaigns.Select(campaign => Campaign(campaign, tally.Of(campaign)))],
            Codes(Advertising.DisplayCodes, Advertising.DisplayEffects, options.Effects),
            Codes(Advertising.MailerCodes, Advertising.MailerEffects, options.Effects),
            Elasticities(panel),
            [.. panel.Complements.All.Select(pair => Complement(panel, pair, tally))],
            [.. panel.Households.Where(household => household.ChurnDay <= panel.Calendar.LastDay).Select(household => new ChurnTruth(household.Key, household.ChurnDay ?? 0))],
            Changes(panel),
            [.. panel.Households.SelectMany(household => household.Favourites.Select(favourite => Favourite(panel, household, favourite)))]);
    }

    private static decimal Money(long cents) => new decimal(cents) / 100.00m;

    private static CampaignTruth Campaign(Campaign campaign, CampaignTally tally) => new(
        campaign.Number,
        campaign.Type,
        campaign.FirstDay,
        campaign.LastDay,
        campaign.Lift,
        campaign.Households.Length,
        campaign.ByProduct.Count,
        tally.Lines,
        Money(tally.SalesCents),
        tally.IncrementalLines,
        Money(tally.IncrementalSalesCents),
        tally.Redemptions);

    private static IReadOnlyList<CodeEffect> Codes(byte[] codes, double[] effects, bool isOn) =>
        [.. codes.Zip(effects, (code, effect) => new CodeEffect(Encoding.ASCII.GetString([code]), isOn ? effect : 1))];

    private static IReadOnlyList<ElasticityTruth> Elasticities(Panel panel) =>
    [
        .. CommodityTable.All.Zip(panel.Elasticities.Values, (commodity, value) => (commodity, value))
            .Where(pair => pair.commodity.IsPromoted)
            .DistinctBy(pair => pair.commodity.Name, StringComparer.Ordinal)
            .OrderBy(pair => pair.commodity.Name, StringComparer.Ordinal)
            .Select(pair => new ElasticityTruth(pair.commodity.Name, pair.value)),
    ];

    private static ComplementTruth Complement(Panel panel, Complement pair, Tally tally)
    {
        const int Decimals = 6;
        var (first, second, both, added) = tally.Of(pair);
        return new ComplementTruth(
            CommodityTable.All[pair.FirstCommodity].Name,
            CommodityTable.All[pair.SecondCommodity].Name,
            pair.FirstProduct is { } one ? panel.Catalogue.Products[one].Id : null,
            pair.SecondProduct is { } other ? panel.Catalogue.Products[other].Id : null,
            pair.Chance,
            first,
            second,
            both,
            added,
            first > 0 && second > 0 ? Math.Round((double)both * tally.Baskets / ((double)first * second), Decimals) : null);
    }

    private static IReadOnlyList<ChangeTruth> Changes(Panel panel) =>
    [
        .. panel.Households
            .Where(household => household.Change is { } change && change.Day <= panel.Calendar.LastDay && change.Day < (household.ChurnDay ?? int.MaxValue))
            .Select(household => new ChangeTruth(household.Key, Name(household.Change!.Kind), household.Change.Day, household.Change.Factor)),
    ];

    private static string Name(ChangeKind kind) => kind switch
    {
        ChangeKind.FewerTrips => "fewer_trips",
        ChangeKind.MoreTrips => "more_trips",
        ChangeKind.SmallerBaskets => "smaller_baskets",
        ChangeKind.LargerBaskets => "larger_baskets",
        ChangeKind.NewStore => "new_store",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such change."),
    };

    private static FavouriteTruth Favourite(Panel panel, Household household, Favourite favourite) =>
        new(household.Key, panel.Catalogue.Products[favourite.Product].Id, favourite.IntervalDays, Math.Round(favourite.Phase, 1));
}
