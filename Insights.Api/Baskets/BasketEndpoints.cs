using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Baskets;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Baskets;

/// <summary>How large baskets are, and what is bought together.</summary>
internal static class BasketEndpoints
{
    internal static void MapBaskets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/baskets").WithTags("Baskets");
        group.MapRows<BasketProfileRequest, BasketProfile, RowTotals>("/profile", new("basket_profile", "measure", "kind", "position"))
            .WithName("ListBasketProfile").WithSummary("How baskets, lines and visits are distributed: fixed bins, and quantiles.");
        group.MapRows<BasketAffinityRequest, BasketAffinity, RowTotals>("/affinity", new("basket_affinity", "level", "left_item", "right_item"))
            .WithName("ListBasketAffinity").WithSummary("What is bought together: pairs of commodities, and pairs of the 200 products in most baskets, with support, confidence and lift.");
    }
}

/// <summary>The query of <c>GET /baskets/profile</c>.</summary>
internal sealed record BasketProfileRequest : RowRequest
{
    [Description("Keep this measure.")]
    [FromQuery(Name = "measure")]
    [Filter("measure")]
    [AllowedValues(
        null, "basket_lines", "basket_value", "line_value", "days_between_visits", ErrorMessage = "measure takes one of basket_lines, basket_value, line_value, days_between_visits.")]
    public string? Measure { get; init; }

    [Description("Keep bins, or quantiles.")]
    [FromQuery(Name = "kind")]
    [Filter("kind")]
    [AllowedValues(null, "bin", "quantile", ErrorMessage = "kind takes bin or quantile.")]
    public string? Kind { get; init; }
}

/// <summary>The query of <c>GET /baskets/affinity</c>.</summary>
internal sealed record BasketAffinityRequest : RowRequest
{
    [Description("Keep pairs of commodities, or pairs of products.")]
    [FromQuery(Name = "level")]
    [Filter("level")]
    [AllowedValues(null, "commodity", "product", ErrorMessage = "level takes commodity or product.")]
    public string? Level { get; init; }

    [Description("Keep pairs with this item on either side: COMMODITY_DESC, or PRODUCT_ID. Repeat it for several.")]
    [FromQuery(Name = "item")]
    [Filter("left_item", "right_item")]
    public string[]? Item { get; init; }

    [Description("Keep pairs that are significant (true), or that may be chance (false).")]
    [FromQuery(Name = "significant")]
    [Filter("is_significant")]
    public bool? Significant { get; init; }

    [Description("Keep pairs with at least so many baskets: with few, lift says little.")]
    [FromQuery(Name = "minBaskets")]
    [Filter("baskets", Keeps = Keeps.AtLeast)]
    [Range(1, int.MaxValue, ErrorMessage = "minBaskets takes a whole number from 1.")]
    public int? MinBaskets { get; init; }

    [Description("The order: by level and items when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("lift", "support", "confidenceLeftToRight", "confidenceRightToLeft")]
    public string? Sort { get; init; }
}
