using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Dunnhumby.Insights.Api.Sales;

internal static class SalesEndpoints
{
    internal static void MapSales(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/sales/daily", Read.Methods, DailyAsync).WithTags("Sales").WithName("ListDailySales").WithMetadata(new ReadsTable("daily_sales"));

    [EndpointSummary("Cleaned sales of the whole panel by day, days without sales left out. Empty when nothing was published yet.")]
    private static async Task<Ok<IReadOnlyList<StoreDay>>> DailyAsync(PublishedVersion version, SalesQueries sales, CancellationToken cancellationToken) =>
        TypedResults.Ok(version.Exists ? await sales.DailyAsync(version, cancellationToken) : []);
}

/// <summary>Reads <c>daily_sales</c>.</summary>
internal sealed class SalesQueries(NpgsqlDataSource database)
{
    /// <summary>Every day with sales, ascending.</summary>
    internal async Task<IReadOnlyList<StoreDay>> DailyAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select * from {version.Schema}.daily_sales order by day");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new StoreDay(
                row.Value<int>("day"),
                version.DateOf(row.Value<int>("day")),
                row.Value<decimal>("sales_value"),
                row.Value<int>("baskets"),
                row.Value<int>("households"),
                row.Value<int>("lines")),
            cancellationToken);
    }
}
