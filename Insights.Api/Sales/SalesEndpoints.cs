using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Sales;

internal static class SalesEndpoints
{
    internal static void MapSales(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/sales/daily", Read.Methods, DailyAsync).WithTags("Sales").WithName("ListDailySales").WithMetadata(new ReadsTable("daily_sales"));

    [EndpointSummary("Cleaned sales of the whole panel by day, days without sales left out. Empty when nothing was published yet.")]
    private static async Task<Ok<IReadOnlyList<StoreDay>>> DailyAsync(PublishedVersion version, SalesQueries sales, CancellationToken cancellationToken) =>
        TypedResults.Ok(version.Exists ? await sales.DailyAsync(version, cancellationToken) : []);
}
