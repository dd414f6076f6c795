using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Campaigns;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class CampaignTests(PublishedInsights insights)
{
    // DAY 224 is 2004-03-23 + 223 days = 2004-11-01, DAY 264 is 40 days later.
    private const string CampaignOne =
        """
        {"campaign":1,"description":"TypeA","firstDay":224,"firstDate":"2004-11-01","lastDay":264,"lastDate":"2004-12-11","duration":41,"listedProducts":3,"before":{"sales":3.30,"days":123,"average":0.026829},"during":{"sales":0.00,"days":41,"average":0.000000},"after":{"sales":3.30,"days":444,"average":0.007432},"total":{"sales":6.60,"days":608,"average":0.010855}}
        """;

    [Fact]
    public async Task Get_KnownCampaign_GivesEveryFieldExactly() =>
        (await insights.Client.JsonAsync("/campaigns/1")).ToJsonString().ShouldBe(CampaignOne);

    [Fact]
    public async Task List_Published_IsInOrderOfNumber()
    {
        var campaigns = (await insights.Client.JsonAsync("/campaigns")).AsArray();

        campaigns.Select(campaign => campaign.ShouldNotBeNull().Text("campaign")).ShouldBe(["1", "2", "3"]);
        campaigns[0].ShouldNotBeNull().ToJsonString().ShouldBe(CampaignOne);
        campaigns[2].ShouldNotBeNull().Text("description").ShouldBe("Type \"B\",\nsecond");
    }

    [Fact]
    public async Task Get_CampaignBeyondTheData_HasNoAverageAfter()
    {
        var campaign = await insights.Client.JsonAsync("/campaigns/3");

        campaign["after"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"sales":0.00,"days":0,"average":null}""");
    }

    [Fact]
    public async Task DailySales_KnownCampaign_IsInOrderOfDay() =>
        (await insights.Client.JsonAsync("/campaigns/1/daily-sales")).ToJsonString().ShouldBe(
            """
            [{"day":101,"date":"2004-07-01","sales":1.10},{"day":102,"date":"2004-07-02","sales":2.20},{"day":300,"date":"2005-01-16","sales":3.30}]
            """);

    [Fact]
    public async Task DailySales_CampaignWithoutSales_IsEmpty() =>
        (await insights.Client.JsonAsync("/campaigns/3/daily-sales")).ToJsonString().ShouldBe("[]");

    [Theory]
    [InlineData("/campaigns/4")]
    [InlineData("/campaigns/4/daily-sales")]
    public async Task Get_UnknownCampaign_Is404ThatSaysWhereToLook(string address)
    {
        var problem = await insights.Client.ProblemAsync(address, HttpStatusCode.NotFound);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:unknown-campaign");
        problem.Text("detail").ShouldNotBeNull().ShouldContain("GET /campaigns");
    }

    [Fact]
    public async Task Get_NumberThatIsNone_Is400ThatNamesIt() =>
        (await insights.Client.ProblemAsync("/campaigns/first", HttpStatusCode.BadRequest))["errors"].ShouldNotBeNull()["campaign"].ShouldNotBeNull();
}
