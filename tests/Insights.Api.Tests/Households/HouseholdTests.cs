using System.Net;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Households;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class HouseholdTests(PublishedInsights insights)
{
    [Fact]
    public async Task Get_KnownHousehold_GivesEveryFieldExactly()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/households/1");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
            """
            {"householdKey":1,"age45Plus":true,"income50kPlus":true,"singleCoupleFamily":3,"hasKids":true,"single":false,"couple":false,
            "firstDay":101,"lastDay":700,"baskets":10,"rScore":4,"fScore":3,"mScore":4,"rfmScore":11,"rfmBin":3,
            "sections":{"alcohol":0.00,"beverages":0.00,"concessions":0.00,"dairy":0.00,"drug":0.00,"garden":0.00,"grain_goods":0.00,"grocery":0.00,
            "home_family":0.00,"junk_food":0.00,"kitchen":0.00,"meat":20.00,"misc":0.00,"produce":30.50,"seasonal":0.00},"totalSales":50.50}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Get_HouseholdWithoutDemographics_GivesNulls()
    {
        var household = await insights.Client.JsonAsync("/households/3");

        foreach (var flag in new[] { "age45Plus", "income50kPlus", "singleCoupleFamily", "hasKids", "single", "couple" })
        {
            household.AsObject().ContainsKey(flag).ShouldBeTrue();
            household[flag].ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("/households/12")]
    [InlineData("/households/-1")]
    [InlineData("/households/12/daily-spend")]
    public async Task Get_UnknownHousehold_Is404ThatSaysWhereToLook(string address)
    {
        var problem = await insights.Client.ProblemAsync(address, HttpStatusCode.NotFound);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:unknown-household");
        problem.Text("detail").ShouldNotBeNull().ShouldContain("GET /households");
    }

    [Theory]
    [InlineData("/households/abc")]
    [InlineData("/households/99999999999/daily-spend")]
    public async Task Get_KeyThatIsNoNumber_Is400ThatNamesIt(string address)
    {
        var problem = await insights.Client.ProblemAsync(address, HttpStatusCode.BadRequest);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:bad-parameter");
        problem["errors"].ShouldNotBeNull()["householdKey"].ShouldNotBeNull().ToString().ShouldContain("whole number");
    }

    [Fact]
    public async Task DailySpend_KnownHousehold_ListsDaysWithDatesAndSections()
    {
        var spend = await insights.Client.JsonAsync("/households/1/daily-spend");

        spend["sections"].ShouldNotBeNull().AsArray().Select(section => section.ShouldNotBeNull().ToString()).ShouldBe(Sections.All);
        // DAY 1 is 2004-03-23: 2004-03-23 + 100 days = 2004-07-01, + 699 days = 2006-02-20.
        spend["days"].ShouldNotBeNull().ToJsonString().ShouldBe(
            """
            [{"day":101,"date":"2004-07-01","sections":[0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,10.00,0.00],"total":10.00},
            {"day":700,"date":"2006-02-20","sections":[0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,20.00,0.00,20.50,0.00],"total":40.50}]
            """.ReplaceLineEndings(""));
    }
}
