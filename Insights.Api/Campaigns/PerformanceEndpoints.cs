using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Campaigns;

/// <summary>What campaigns and their coupons went with.</summary>
internal static class PerformanceEndpoints
{
    internal static void MapPerformance(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Campaigns");
        group.MapRows<CampaignPerformanceRequest, CampaignPerformance, RedemptionTotals>("/campaigns/performance", new("campaign_performance", "campaign"))
            .WithName("ListCampaignPerformance")
            .WithSummary("What targeted households bought of the listed products before, during and after each campaign, beside all other households. No proof of an effect: they were not drawn at random.");
        group.MapRow<CampaignKey, CampaignPerformance>(
            "/campaigns/{campaign}/performance", new("campaign_performance", "campaign") { Unknown = key => ReadProblems.UnknownCampaign(key.Campaign) })
            .WithName("GetCampaignPerformance").WithSummary("What targeted households bought of the listed products before, during and after one campaign, beside all other households.");
        group.MapRows<CouponPerformanceRequest, CouponPerformance, RedemptionTotals>("/coupons/performance", new("coupon_performance", "campaign", "coupon_upc"))
            .WithName("ListCouponPerformance").WithSummary("How often each coupon of a campaign was redeemed, by how many households, and what they bought of its products on that day.");
    }
}

/// <summary>A campaign in the address.</summary>
internal sealed record CampaignKey
{
    [Description("The campaign, by CAMPAIGN of the files.")]
    [FromRoute(Name = "campaign")]
    [Filter("campaign", Keeps = Keeps.Owner)]
    public int Campaign { get; init; }
}

/// <summary>The query of <c>GET /campaigns/performance</c>.</summary>
internal sealed record CampaignPerformanceRequest : RowRequest
{
    [Description("Keep campaigns of this type.")]
    [FromQuery(Name = "type")]
    [Filter("description")]
    [AllowedValues(null, "TypeA", "TypeB", "TypeC", ErrorMessage = "type takes TypeA, TypeB or TypeC.")]
    public string? Type { get; init; }

    [Description("The order: by campaign when left out. Campaigns without a value come last.")]
    [FromQuery(Name = "sort")]
    [Sort("campaign", "firstDay", "targetedHouseholds", "redemptions", "redemptionRate", "targetedChange", "otherChange", "difference")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /coupons/performance</c>.</summary>
internal sealed record CouponPerformanceRequest : RowRequest
{
    [Description("Keep coupons of this campaign.")]
    [FromQuery(Name = "campaign")]
    [Filter("campaign")]
    public int? Campaign { get; init; }

    [Description("Keep this coupon, by COUPON_UPC of the files.")]
    [FromQuery(Name = "coupon")]
    [Filter("coupon_upc")]
    public long? Coupon { get; init; }

    [Description("The order: by campaign and coupon when left out. Coupons without a value come last.")]
    [FromQuery(Name = "sort")]
    [Sort("campaign", "couponUpc", "redemptions", "redemptionRate", "salesValue", "couponDiscount", "listedProducts")]
    public string? Sort { get; init; }
}
