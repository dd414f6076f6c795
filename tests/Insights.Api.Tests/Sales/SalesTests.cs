using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Sales;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class SalesTests(PublishedInsights insights)
{
    [Fact]
    public async Task Daily_Published_IsInOrderOfDay() =>
        (await insights.Client.JsonAsync("/sales/daily")).ToJsonString().ShouldBe(
            """
            [{"day":101,"date":"2004-07-01","sales":1234567.80,"baskets":3,"households":2,"lines":7},{"day":102,"date":"2004-07-02","sales":0.05,"baskets":1,"households":1,"lines":1}]
            """);
}
