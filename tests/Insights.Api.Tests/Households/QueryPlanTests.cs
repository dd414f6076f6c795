using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Campaigns;
using Dunnhumby.Insights.Api.Households;
using Dunnhumby.Insights.Api.Sales;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Households;

/// <summary>
/// Reads by key find their rows through an index. The small version would be scanned whatever the statement says, so scans are made
/// unattractive here: what is tested is that the statement can use the key.
/// </summary>
[Collection(nameof(PublishedInsightsGroup))]
public sealed class QueryPlanTests(PublishedInsights insights)
{
    private static readonly PublishedVersion Version =
        new(new InsightsVersion(1, DateTimeOffset.UnixEpoch, new DateOnly(2004, 3, 23), [], [], []), Warehouse.SchemaOf(1));

    public static TheoryData<string, string> KeyedReads => new()
    {
        { HouseholdQueries.FindSql(Version), "Index Cond: (household_key = 1)" },
        { DailySpendQueries.FindSql(Version), "Index Cond: (household_key = 1)" },
        { CampaignQueries.FindSql(Version), "Index Cond: (campaign = 1)" },
        { CampaignQueries.DailySalesSql(Version), "Index Cond: (campaign = 1)" },
    };

    [Theory]
    [MemberData(nameof(KeyedReads))]
    public async Task Read_ByKey_UsesItsIndex(string sql, string expected)
    {
        ArgumentNullException.ThrowIfNull(sql);
        (await PlanAsync(sql.Replace("$1", "1", StringComparison.Ordinal))).ShouldContain(expected);
    }

    [Fact]
    public async Task List_PageByKey_IsReadInIndexOrderWithoutSorting()
    {
        await using var command = new NpgsqlCommand();
        var sql = HouseholdQueries.ListSql(
            Version, new HouseholdListRequest(), HouseholdSort.Of(null), new HouseholdCursor("householdKey", 3, 3), command.Parameters);

        var plan = await PlanAsync(sql, command);

        plan.ShouldContain("Index Cond: ");
        plan.ShouldNotContain("Sort");
    }

    [Fact]
    public async Task StoreDays_PageOfAStore_IsReadInIndexOrderWithoutSorting()
    {
        await using var command = new NpgsqlCommand();
        var sql = SalesQueries.StoreDaysSql(Version, new StoreSalesRequest { Store = 292 }, new StoreDayCursor(292, 101), command.Parameters);

        var plan = await PlanAsync(sql, command);

        plan.ShouldContain("Index Cond: ");
        plan.ShouldNotContain("Sort");
    }

    private async Task<string> PlanAsync(string sql, NpgsqlCommand? parameters = null)
    {
        await using var connection = new NpgsqlConnection(insights.ReaderConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var noScans = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off", connection);
        await noScans.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = parameters?.Clone() ?? new NpgsqlCommand();
        (command.Connection, command.CommandText) = (connection, $"explain {sql}");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> lines = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
