using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Orphans;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class OrphanTests(PublishedInsights insights)
{
    [Fact]
    public async Task Orphans_Published_AreInOrderOfReference() =>
        (await insights.Client.JsonAsync("/orphans")).ToJsonString().ShouldBe(
            """
            [{"dataset":"transaction_data","columns":"PRODUCT_ID","target":"product","isTargetLoaded":true,"rows":5,"keys":2,"examples":[{"key":"7","rows":4},{"key":"8","rows":1}],"loads":[{"loadId":11,"rows":5}]},{"dataset":"coupon","columns":"CAMPAIGN","target":"campaign_desc","isTargetLoaded":false,"rows":null,"keys":null,"examples":[],"loads":[]}]
            """);
}
