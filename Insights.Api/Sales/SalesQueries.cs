using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Sales;

/// <summary>Reads <c>daily_sales</c>.</summary>
internal sealed class SalesQueries(NpgsqlDataSource database)
{
    /// <summary>Every day with sales, ascending.</summary>
    internal async Task<IReadOnlyList<StoreDay>> DailyAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select day, sales_value, baskets, households, lines from {version.Schema}.daily_sales order by day");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new StoreDay(row.GetInt32(0), version.DateOf(row.GetInt32(0)), row.GetDecimal(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)),
            cancellationToken);
    }
}
