using System.ComponentModel;
using Dunnhumby.Contracts.Products;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Products;

/// <summary>Departments, and the own brand in commodities.</summary>
internal static class DepartmentEndpoints
{
    internal static void MapDepartments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Products");
        group.MapRows<DepartmentRequest, DepartmentSummary, SalesTotals>("/departments", new("department_summary", "department"))
            .WithName("ListDepartments").WithSummary("What households bought in each department on all days.");
        group.MapRows<PrivateLabelRequest, PrivateLabelShare, PrivateLabelTotals>("/commodities/private-label", new("private_label_share", "department", "commodity_desc"))
            .WithName("ListPrivateLabelShares").WithSummary("The retailer's own brand in each department and commodity: its share of sales, units and households.");
    }
}

/// <summary>The query of <c>GET /departments</c>.</summary>
internal sealed record DepartmentRequest : RowRequest
{
    [Description("Keep this department, as product.csv writes it; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "department")]
    [Filter("department")]
    public string[]? Department { get; init; }

    [Description("The order: by department when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("department", "products", "salesValue", "units", "baskets", "households", "penetration", "discountShare")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /commodities/private-label</c>.</summary>
internal sealed record PrivateLabelRequest : RowRequest
{
    [Description("Keep this department, as product.csv writes it; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "department")]
    [Filter("department")]
    public string[]? Department { get; init; }

    [Description("Keep this commodity, by COMMODITY_DESC of product.csv; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "commodity")]
    [Filter("commodity_desc")]
    public string[]? Commodity { get; init; }

    [Description("The order: by department and commodity when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("department", "commodityDesc", "salesValue", "privateSales", "shareOfSales", "shareOfUnits", "shareOfHouseholds")]
    public string? Sort { get; init; }
}
