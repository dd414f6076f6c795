using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Versions;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class VersionTests(PublishedInsights insights)
{
    [Fact]
    public async Task Get_Published_SaysWhatItIsMadeFrom()
    {
        var version = await insights.Client.JsonAsync("/version");

        version.ToJsonString().ShouldBe(
            """
            {"version":1,"publishedAt":"2026-01-02T03:04:06\u002B00:00","dayOne":"2004-03-23",
            "loads":[{"id":11,"dataset":"transaction_data","sha256":"aa","loaded":75000,"completedAt":"2026-01-02T03:00:00\u002B00:00"},
            {"id":12,"dataset":"product","sha256":"bb","loaded":92353,"completedAt":"2026-01-02T03:00:01\u002B00:00"}],
            "tables":[{"name":"household_summary","rows":11,"grain":"household","columns":["household_key","rfm_bin"]},
            {"name":"daily_household_spend","rows":3,"grain":"household and day","columns":["day","household_key"]},
            {"name":"daily_campaign_sales","rows":4,"grain":"campaign and day","columns":["campaign","day","sales_value"]},
            {"name":"campaign_summary","rows":3,"grain":"campaign","columns":["campaign"]},
            {"name":"daily_sales","rows":2,"grain":"day","columns":["day","sales_value","baskets","households","lines"]},
            {"name":"store_daily_sales","rows":5,"grain":"store and day","columns":["store_id","day","sales_value","baskets","households","lines"]},
            {"name":"orphans","rows":2,"grain":"reference","columns":["reference","dataset"]}],
            "notices":[{"code":"lines_read","count":75000,"message":"Lines read."},
            {"code":"lines_unknown_product","count":5,"message":"Five lines name a product that is not known."}],
            "stale":false,"staleTables":[],"waitingTables":[],"failedRun":null,"republishes":null,"heldSince":null}
            """.ReplaceLineEndings(""));
    }
}
