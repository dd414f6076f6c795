using Dunnhumby.Insights.Api.Tests.Rows;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Fuzzing;

namespace Dunnhumby.Insights.Api.Tests.Requests;

/// <summary>Odd requests to every documented operation.</summary>
[Collection(nameof(PublishedDeskGroup))]
public sealed class FuzzTests(PublishedDesk insights)
{
    private const int Requests = 9_000;

    [Fact]
    public async Task Send_OddRequests_AreAnsweredInTimeAndExplained()
    {
        var document = await insights.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await insights.Client.JsonAsync("/households?limit=1");
        using var run = new FuzzRun(insights.Client.BaseAddress.ShouldNotBeNull(), InsightsHost.ReadKey, insights.ReaderConnection, InsightsHost.ReadKey, "reader-password")
        {
            // There is no transform service here, which reads the lines.
            Away = "lines-unavailable",
        };

        await run.SendAsync(
            [.. FuzzOperation.Read(document).Select(operation => operation
                .With("after", page.Text("next") ?? "")
                .With("name", "daily_sales", "versions", "households")
                .With("table", "daily_sales", "household_summary", "versions")
                .With("productId", "12")
                .With("q", "beef", "buter")
                .With("from", "1", "2")
                .With("to", "1", "2"))],
            Requests);
    }
}
