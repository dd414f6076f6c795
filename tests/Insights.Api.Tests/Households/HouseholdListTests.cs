using System.Buffers.Text;
using System.Net;
using System.Text;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Households;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class HouseholdListTests(PublishedInsights insights)
{
    /// <summary>The orders of SmallVersion.sql, sorted by hand; the household key decides ties, in the same direction.</summary>
    public static TheoryData<string?, int[]> Orders => new()
    {
        { null, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "householdKey", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "-householdKey", [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] },
        { "totalSales", [5, 9, 2, 3, 6, 1, 8, 11, 10, 4, 7] },
        { "-totalSales", [7, 4, 10, 11, 8, 1, 6, 3, 2, 9, 5] },
        { "rfmScore", [5, 9, 6, 2, 3, 8, 1, 11, 10, 4, 7] },
        { "-rfmScore", [7, 4, 10, 11, 1, 8, 3, 2, 6, 9, 5] },
        { "baskets", [5, 9, 2, 3, 6, 1, 8, 11, 4, 7, 10] },
        { "-baskets", [10, 7, 4, 11, 8, 1, 6, 3, 2, 9, 5] },
        { "lastDay", [5, 9, 6, 2, 3, 1, 8, 4, 7, 10, 11] },
        { "-lastDay", [11, 10, 7, 4, 8, 1, 3, 2, 6, 9, 5] },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task List_FollowedToItsEnd_GivesEveryHouseholdOnceInOrder(string? sort, int[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        // Page sizes that end between ties, on the last row, and beyond it.
        foreach (var limit in new[] { 1, 2, 3, 4, 11, 12 })
        {
            List<int> seen = [];
            string? after = null;
            do
            {
                var page = await insights.Client.JsonAsync($"/households?limit={limit}{(sort is null ? "" : $"&sort={sort}")}{(after is null ? "" : $"&after={after}")}");
                page.Keys().Length.ShouldBeInRange(1, limit);
                seen.AddRange(page.Keys());
                after = page.Text("next");
            }
            while (after is not null && seen.Count <= expected.Length);

            seen.ToArray().ShouldBe(expected, $"limit {limit}");
        }
    }

    [Theory]
    [InlineData("rfmBin=2", new[] { 2, 3, 6 })]
    [InlineData("rfmBin=1&rfmBin=5", new[] { 4, 5, 7, 9 })]
    [InlineData("age45Plus=true", new[] { 1, 4, 7, 10 })]
    [InlineData("age45Plus=false", new[] { 2, 5, 8, 11 })]
    [InlineData("income50kPlus=true", new[] { 1, 5, 7, 11 })]
    [InlineData("hasKids=true", new[] { 1, 8, 11 })]
    [InlineData("single=true", new[] { 2, 10 })]
    [InlineData("couple=true", new[] { 4, 5 })]
    [InlineData("singleCoupleFamily=1", new[] { 2, 10 })]
    [InlineData("hasKids=false&couple=false", new[] { 2, 10 })]
    [InlineData("rfmBin=4&couple=true", new int[0])]
    public async Task List_Filtered_KeepsWhatFits(string filter, int[] expected)
    {
        var page = await insights.Client.JsonAsync($"/households?{filter}");

        page.Keys().ShouldBe(expected);
        page["next"].ShouldBeNull();
    }

    [Fact]
    public async Task List_FilteredAndPaged_GoesOnWhereThePageEnded()
    {
        var first = await insights.Client.JsonAsync("/households?rfmBin=3&sort=-totalSales&limit=2");
        var second = await insights.Client.JsonAsync($"/households?rfmBin=3&sort=-totalSales&limit=2&after={first.Text("next")}");

        first.Keys().ShouldBe([11, 8]);
        second.Keys().ShouldBe([1]);
        second["next"].ShouldBeNull();
    }

    [Theory]
    [InlineData("limit=0", "limit", "1 to 500")]
    [InlineData("limit=501", "limit", "1 to 500")]
    [InlineData("limit=many", "limit", "from 1 to 500")]
    [InlineData("rfmBin=6", "rfmBin", "1 to 5")]
    [InlineData("rfmBin=1&rfmBin=x", "rfmBin", "whole number")]
    [InlineData("singleCoupleFamily=4", "singleCoupleFamily", "3 (family)")]
    [InlineData("hasKids=perhaps", "hasKids", "true or false")]
    [InlineData("sort=sales", "sort", "totalSales")]
    [InlineData("sort=total_sales;drop", "sort", "totalSales")]
    [InlineData("after=nonsense", "after", "next")]
    [InlineData("after=%ff", "after", "next")]
    [InlineData("after=%00%ff", "after", "NUL")]
    public async Task List_BadValue_Is400ThatNamesParameterAndWhatItTakes(string query, string parameter, string expected)
    {
        var problem = await insights.Client.ProblemAsync($"/households?{query}", HttpStatusCode.BadRequest);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:bad-parameter");
        problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).ShouldBe([parameter]);
        problem["errors"].ShouldNotBeNull().ToString().ShouldContain(expected);
        problem.Text("detail").ShouldNotBeNull().ShouldContain(parameter);
    }

    /// <summary>Made up, but well formed: such a household cannot be, so the cursor is not one that we gave.</summary>
    [Theory]
    [InlineData("rfmScore", "99999999999")]
    [InlineData("-rfmScore", "-99999999999")]
    [InlineData("baskets", "2147483648")]
    [InlineData("lastDay", "79228162514264337593543950335")]
    [InlineData("rfmScore", "1.5")]
    [InlineData("householdKey", "4294967296")]
    public async Task List_CursorBeyondItsColumn_Is400(string sort, string value)
    {
        var cursor = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{sort}|{value}|1"));

        var problem = await insights.Client.ProblemAsync($"/households?sort={sort}&after={cursor}", HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull()["after"].ShouldNotBeNull();
    }

    [Fact]
    public async Task List_CursorOfAnotherOrder_Is400()
    {
        var page = await insights.Client.JsonAsync("/households?sort=baskets&limit=1");

        var problem = await insights.Client.ProblemAsync($"/households?sort=totalSales&after={page.Text("next")}", HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull()["after"].ShouldNotBeNull();
    }
}
