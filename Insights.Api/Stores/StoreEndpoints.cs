using System.ComponentModel;
using Dunnhumby.Contracts.Stores;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Stores;

/// <summary>Stores in all, and week by week.</summary>
internal static class StoreEndpoints
{
    internal static void MapStores(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/stores").WithTags("Stores");
        group.MapRows<StoreSummaryRequest, StoreSummary, SalesTotals>("/summary", new("store_summary", "store_id"))
            .WithName("ListStoreSummaries").WithSummary("What households bought in each store on all days: sales, baskets, households, discounts, and averages.");
        group.MapRows<StoreWeekRequest, StoreWeek, SalesTotals>("/weeks", new("store_weekly", "week_no", "store_id"))
            .WithName("ListStoreWeeks").WithSummary("Cleaned sales by week and store, beside those of the week 52 weeks before.");
    }
}

/// <summary>The query of <c>GET /stores/summary</c>.</summary>
internal sealed record StoreSummaryRequest : RowRequest
{
    [Description("Keep this store, by STORE_ID of the files.")]
    [FromQuery(Name = "store")]
    [Filter("store_id")]
    public int? Store { get; init; }

    [Description("The order: by store when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("storeId", "salesValue", "units", "baskets", "households", "products", "salesPerBasket", "salesPerDay")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /stores/weeks</c>.</summary>
internal sealed record StoreWeekRequest : WeekRequest
{
    [Description("Keep this store, by STORE_ID of the files.")]
    [FromQuery(Name = "store")]
    [Filter("store_id")]
    public int? Store { get; init; }

    [Description("The order: by week and store when left out. Rows without a year before come last.")]
    [FromQuery(Name = "sort")]
    [Sort("weekNo", "storeId", "salesValue", "likeForLike")]
    public string? Sort { get; init; }
}
