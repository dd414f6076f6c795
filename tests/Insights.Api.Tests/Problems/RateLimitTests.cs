using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Problems;

public sealed class RateLimitTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Read_MoreThanTheKeyMay_Is429WithRetryAfter()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection, requestsPerSecond: 1);

        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await host.Client.SendAsync(HttpMethod.Get, "/version");
                if (response.StatusCode is HttpStatusCode.TooManyRequests)
                {
                    response.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
                    response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
                    return true;
                }

                return false;
            },
            what: "a request is one too many");

        using var health = await host.Client.SendAsync(HttpMethod.Get, "/alive");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Read_WhileAsManyOfTheKeyAreAnsweredAsItMay_Is429AndOtherKeysGoOn()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, TestContext.Current.CancellationToken);
        await warehouse.PublishAsync(1, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection, concurrentRequests: 1);
        using var other = host.Connect(InsightsHost.IngestKey);
        var held = await warehouse.HoldAsync($"{Warehouse.SchemaOf(1)}.household_summary", TestContext.Current.CancellationToken);
        var waiting = host.Client.SendAsync(HttpMethod.Get, "/households/1");
        await warehouse.UntilSomebodyWaitsAsync(TestContext.Current.CancellationToken);

        (await StatusAsync(host.Client)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await StatusAsync(other)).ShouldNotBe(HttpStatusCode.TooManyRequests);

        await held.DisposeAsync();
        using var answered = await waiting;
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(host.Client)).ShouldBe(HttpStatusCode.OK);

        static async Task<HttpStatusCode> StatusAsync(HttpClient client)
        {
            using var response = await client.SendAsync(HttpMethod.Get, "/version");
            return response.StatusCode;
        }
    }
}
