using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Problems;

public sealed class OutageTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_DatabaseGoesAndComes_Is503AndThenAnsweredAgain()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        var direct = new NpgsqlConnectionStringBuilder(warehouse.ReaderConnection);
        await using var relay = new TcpRelay(direct.Host.ShouldNotBeNull(), direct.Port);
        var relayed = new NpgsqlConnectionStringBuilder(warehouse.ReaderConnection) { Host = "127.0.0.1", Port = relay.Port };
        await using var host = new InsightsHost(relayed.ConnectionString);
        await host.Client.JsonAsync("/households/1");

        relay.Cut();
        (await StatusAsync(host, "/households/1")).ShouldBe(HttpStatusCode.OK, "it is remembered");
        using (var response = await host.Client.SendAsync(HttpMethod.Get, "/households/1/daily-spend"))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        }

        var problem = await host.Client.ProblemAsync("/campaigns", HttpStatusCode.ServiceUnavailable);
        problem.Text("type").ShouldBe("urn:dunnhumby:problem:database-unavailable");
        problem.ToJsonString().ShouldNotContain("127.0.0.1");
        using (var health = await host.Client.SendAsync(HttpMethod.Get, "/health"))
        {
            health.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        relay.Mend();
        await Eventually.TrueAsync(async () => await StatusAsync(host, "/households") is HttpStatusCode.OK, what: "households are served again");
    }

    [Fact]
    public async Task Start_DatabaseAway_Is503UntilItComes()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        var direct = new NpgsqlConnectionStringBuilder(warehouse.ReaderConnection);
        await using var relay = new TcpRelay(direct.Host.ShouldNotBeNull(), direct.Port);
        relay.Cut();
        var relayed = new NpgsqlConnectionStringBuilder(warehouse.ReaderConnection) { Host = "127.0.0.1", Port = relay.Port };
        await using var host = new InsightsHost(relayed.ConnectionString);

        await host.Client.ProblemAsync("/version", HttpStatusCode.ServiceUnavailable);
        relay.Mend();
        await Eventually.TrueAsync(async () => await StatusAsync(host, "/version") is HttpStatusCode.OK, what: "the version is served");
    }

    private static async Task<HttpStatusCode> StatusAsync(InsightsHost host, string address)
    {
        using var response = await host.Client.SendAsync(HttpMethod.Get, address);
        return response.StatusCode;
    }
}
