using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Campaigns;

/// <summary>Reads <c>campaign_summary</c> and <c>daily_campaign_sales</c>.</summary>
internal sealed class CampaignQueries(NpgsqlDataSource database)
{
    private const string Columns =
        "campaign, description, first_day, last_day, duration, listed_products, sales_before, days_before, avg_before, "
        + "sales_during, days_during, avg_during, sales_after, days_after, avg_after, sales_total, days_total, avg_total";

    /// <summary>By number.</summary>
    internal async Task<IReadOnlyList<Campaign>> ListAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from {version.Schema}.campaign_summary order by campaign");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(row => ReadCampaign(version, row), cancellationToken);
    }

    /// <summary>Null when the version has no such campaign.</summary>
    internal async Task<Campaign?> FindAsync(PublishedVersion version, int campaign, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql(version));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = campaign });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadCampaign(version, reader) : null;
    }

    /// <summary>Sales of the campaign's products by day, over the whole data; empty also for a campaign that there is not.</summary>
    internal async Task<IReadOnlyList<DaySales>> DailySalesAsync(PublishedVersion version, int campaign, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DailySalesSql(version));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = campaign });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(row => new DaySales(row.GetInt32(0), version.DateOf(row.GetInt32(0)), row.GetDecimal(1)), cancellationToken);
    }

    internal static string FindSql(PublishedVersion version) => $"select {Columns} from {version.Schema}.campaign_summary where campaign = $1";

    internal static string DailySalesSql(PublishedVersion version) =>
        $"select day, sales_value from {version.Schema}.daily_campaign_sales where campaign = $1 order by day";

    private static Campaign ReadCampaign(PublishedVersion version, NpgsqlDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.GetInt32(2),
        version.DateOf(row.GetInt32(2)),
        row.GetInt32(3),
        version.DateOf(row.GetInt32(3)),
        row.GetInt32(4),
        row.GetInt32(5),
        ReadPeriod(row, 6),
        ReadPeriod(row, 9),
        ReadPeriod(row, 12),
        ReadPeriod(row, 15));

    private static CampaignPeriod ReadPeriod(NpgsqlDataReader row, int first) =>
        new(row.GetDecimal(first), row.GetInt32(first + 1), row.ValueOrNull<decimal>(first + 2));
}
