using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Products;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Products;

/// <summary>Products in all, and week by week.</summary>
internal static class ProductEndpoints
{
    internal static void MapProducts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/products").WithTags("Products");
        group.MapRows<ProductRequest, ProductSummary, SalesTotals>("", new("product_summary", "product_id"))
            .WithName("ListProducts").WithSummary("Products with their sales, buyers, repeat buyers and prices over all days.");
        group.MapRow<ProductKey, ProductSummary>("/{productId}", new("product_summary", "product_id") { Unknown = key => ReadProblems.UnknownProduct(key.ProductId) })
            .WithName("GetProduct").WithSummary("One product with its sales, buyers, repeat buyers and prices over all days.");
        group.MapRows<ProductWeekRequest, ProductWeek, SalesTotals>(
            "/{productId}/weeks", new("product_weekly", "product_id", "week_no") { Unknown = request => ReadProblems.UnknownProduct(request.ProductId) })
            .WithName("ListProductWeeks").WithSummary("A product week by week: sales, buyers, prices, and the stores that promoted it. Weeks without sales are left out.");
    }
}

/// <summary>A product in the address.</summary>
internal sealed record ProductKey
{
    [Description("The product, by PRODUCT_ID of the files.")]
    [FromRoute(Name = "productId")]
    [Filter("product_id", Keeps = Keeps.Owner)]
    public int ProductId { get; init; }
}

/// <summary>The query of <c>GET /products</c>.</summary>
internal sealed record ProductRequest : RowRequest
{
    [Description("Keep this department, as product.csv writes it; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "department")]
    [Filter("department")]
    public string[]? Department { get; init; }

    [Description("Keep this section.")]
    [FromQuery(Name = "section")]
    [Filter("section")]
    [Section]
    public string? Section { get; init; }

    [Description("Keep this commodity, by COMMODITY_DESC of product.csv; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "commodity")]
    [Filter("commodity_desc")]
    public string[]? Commodity { get; init; }

    [Description("Keep this sub-commodity, by SUB_COMMODITY_DESC of product.csv; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "subCommodity")]
    [Filter("sub_commodity_desc")]
    public string[]? SubCommodity { get; init; }

    [Description("Keep the retailer's own brand (Private), or all others (National).")]
    [FromQuery(Name = "brand")]
    [Filter("brand")]
    [AllowedValues(null, "National", "Private", ErrorMessage = "brand takes National or Private.")]
    public string? Brand { get; init; }

    [Description("Keep this manufacturer, by MANUFACTURER of product.csv.")]
    [FromQuery(Name = "manufacturer")]
    [Filter("manufacturer")]
    public int? Manufacturer { get; init; }

    [Description("The order: by product when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("productId", "salesValue", "units", "households", "penetration", "repeatRate")]
    public string? Sort { get; init; }
}

/// <summary>What <c>GET /products/{productId}/weeks</c> takes.</summary>
internal sealed record ProductWeekRequest : WeekRequest
{
    [Description("The product, by PRODUCT_ID of the files.")]
    [FromRoute(Name = "productId")]
    [Filter("product_id", Keeps = Keeps.Owner)]
    public int ProductId { get; init; }

    [Description("The order: by week when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("weekNo", "salesValue", "units", "households", "pricePaid")]
    public string? Sort { get; init; }
}
