using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Tables;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class TableTests(PublishedInsights insights)
{
    private const string DailySalesJson =
        """
        [{"day":101,"sales_value":1234567.80,"baskets":3,"households":2,"lines":7},{"day":102,"sales_value":0.05,"baskets":1,"households":1,"lines":1}]
        """;

    [Fact]
    public async Task List_Published_GivesTheTablesInTheirOrder() =>
        (await insights.Client.JsonAsync("/tables")).AsArray().Select(table => table.ShouldNotBeNull().Text("name"))
            .ShouldBe(["household_summary", "daily_household_spend", "daily_campaign_sales", "campaign_summary", "daily_sales", "store_daily_sales", "orphans"]);

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/csv;q=0.5, application/json")]
    [InlineData("text/csv;q=0, */*;q=0.1")]
    [InlineData("text/html, */*;q=0.8")]
    public async Task Get_JsonPreferred_IsAnArrayOfRows(string? accept)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/daily_sales", accept is null ? [] : [("Accept", accept)]);

        response.Content.Headers.ContentType?.ToString().ShouldBe("application/json; charset=utf-8");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(DailySalesJson);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("text/*")]
    [InlineData("text/csv, application/json;q=0.9")]
    [InlineData("text/csv, */*;q=0.1")]
    public async Task Get_CsvPreferred_IsCsv(string accept)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/daily_sales", ("Accept", accept));

        response.Content.Headers.ContentType?.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe("day,sales_value,baskets,households,lines\n101,1234567.80,3,2,7\n102,0.05,1,1,1\n");
    }

    [Fact]
    public async Task Csv_TextThatIsTricky_IsQuotedAndHarmless() =>
        (await CsvAsync("campaign_summary")).ShouldBe(
            "campaign,description,first_day,last_day,duration,listed_products,sales_before,sales_during,sales_after,sales_total,"
            + "days_before,days_during,days_after,days_total,avg_before,avg_during,avg_after,avg_total\n"
            + "1,TypeA,224,264,41,3,3.30,0.00,3.30,6.60,123,41,444,608,0.026829,0.000000,0.007432,0.010855\n"
            + "2,\"'=HYPERLINK(\"\"http://x\"\")\",50,100,51,1,0.00,0.00,5.00,5.00,0,0,608,608,,,0.008224,0.008224\n"
            + "3,\"Type \"\"B\"\",\nsecond\",700,720,21,0,0.00,0.00,0.00,0.00,599,9,0,608,0.000000,0.000000,,0.000000\n");

    [Fact]
    public async Task Csv_FlagsAndNulls_AreWordsAndEmptyFields()
    {
        var lines = (await CsvAsync("household_summary")).Split('\n');

        lines[0].ShouldBe(
            "household_key,age_45_plus,income_50k_plus,single_couple_family,has_kids,single,couple,first_day,last_day,baskets,r_score,f_score,m_score,"
            + "rfm_score,rfm_bin,alcohol,beverages,concessions,dairy,drug,garden,grain_goods,grocery,home_family,junk_food,kitchen,meat,misc,produce,"
            + "seasonal,total_sales,r_score_relative,has_demographics");
        lines[1].ShouldBe("1,true,true,3,true,false,false,101,700,10,4,3,4,11,3,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,20.00,0.00,30.50,0.00,50.50,3,false");
        lines[3].ShouldBe("3,,,,,,,120,690,5,4,2,2,8,2,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,5.25,0.00,14.75,0.00,20.00,3,false");
        // A header, eleven households, and what follows the last line end.
        lines.Length.ShouldBe(13);
        lines[^1].ShouldBeEmpty();
    }

    [Fact]
    public async Task Csv_KeyOfTwoColumns_OrdersByIt()
    {
        var lines = (await CsvAsync("daily_household_spend")).Split('\n');

        // The primary key is (household_key, day), the columns come as (day, household_key).
        lines[1..4].Select(line => line[..line.IndexOf(",0.00", StringComparison.Ordinal)]).ShouldBe(["101,1", "700,1", "110,2"]);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("Household_Summary")]
    [InlineData("daily_sales\";drop table x")]
    public async Task Get_UnknownTable_Is404ThatNamesThoseThatExist(string name)
    {
        var problem = await insights.Client.ProblemAsync($"/tables/{Uri.EscapeDataString(name)}", HttpStatusCode.NotFound);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:unknown-table");
        problem.Text("detail").ShouldNotBeNull().ShouldContain("household_summary, daily_household_spend, daily_campaign_sales, campaign_summary, daily_sales");
    }

    private async Task<string> CsvAsync(string table)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, $"/tables/{table}", ("Accept", "text/csv"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
