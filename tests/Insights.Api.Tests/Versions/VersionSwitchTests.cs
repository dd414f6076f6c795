using System.Globalization;
using System.Net;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using MassTransit;

namespace Dunnhumby.Insights.Api.Tests.Versions;

public sealed class VersionSwitchTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poll_NewVersion_IsServedWithItsTagAndRows()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: TimeSpan.FromMilliseconds(50));
        (await host.Client.JsonAsync("/version")).Text("version").ShouldBe("0");

        await warehouse.PublishAsync(1, Cancellation);
        await Eventually.TrueAsync(async () => (await host.Client.JsonAsync("/version")).Text("version") is "1", what: "version 1 is served");
        await ShouldServeAsync(host.Client, 1);

        await warehouse.PublishAsync(2, Cancellation);
        await Eventually.TrueAsync(async () => (await host.Client.JsonAsync("/version")).Text("version") is "2", what: "version 2 is served");
        await ShouldServeAsync(host.Client, 2);
    }

    [Fact]
    public async Task Message_NewVersion_IsServedByEveryInstance()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await using var first = new InsightsHost(warehouse.ReaderConnection, broker.AmqpUri, Never);
        await using var second = new InsightsHost(warehouse.ReaderConnection, broker.AmqpUri, Never);
        await Eventually.TrueAsync(async () => await HealthAsync(first) is "Healthy" && await HealthAsync(second) is "Healthy", what: "both instances listen");
        await ShouldServeAsync(first.Client, 1);
        await ShouldServeAsync(second.Client, 1);

        await warehouse.PublishAsync(2, Cancellation);
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker.AmqpUri));
        await bus.StartAsync(Cancellation);
        await bus.Publish(new InsightsPublished(2, RunId: 17, DateTimeOffset.UnixEpoch), Cancellation);
        await bus.StopAsync(Cancellation);

        foreach (var client in new[] { first.Client, second.Client })
        {
            await Eventually.TrueAsync(async () => (await client.JsonAsync("/version")).Text("version") is "2", what: "version 2 is served");
            await ShouldServeAsync(client, 2);
        }
    }

    [Fact]
    public async Task Read_RememberedHousehold_IsOfTheVersionServed()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: Never);
        await TagAsync("/households/1", "\"v1\"");
        await warehouse.PublishAsync(2, Cancellation);
        await warehouse.DropSchemaAsync(1, Cancellation);

        await TagAsync("/households/1", "\"v1\"");
        await TagAsync("/households", "\"v2\"");
        await TagAsync("/households/1", "\"v2\"");

        async Task TagAsync(string address, string tag)
        {
            using var answer = await host.Client.SendAsync(HttpMethod.Get, address);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.ETag?.ToString().ShouldBe(tag);
        }
    }

    [Theory]
    [InlineData("/households")]
    [InlineData("/households/1/daily-spend")]
    [InlineData("/campaigns")]
    [InlineData("/campaigns/1/daily-sales")]
    [InlineData("/sales/daily")]
    [InlineData("/tables/campaign_summary/rows")]
    // The same statement with another value each time: what was answered before is remembered.
    [InlineData("/tables/daily_sales?from={0}")]
    public async Task Read_SchemaRemovedMeanwhile_IsAnsweredFromTheNewVersion(string address)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: Never);
        // More often than it takes for the statement to be prepared: a prepared one fails differently from a new one.
        for (var time = 0; time < 4; time++)
        {
            using var before = await host.Client.SendAsync(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, address, time + 1));
            before.Headers.ETag?.ToString().ShouldBe("\"v1\"");
        }

        await warehouse.PublishAsync(2, Cancellation);
        await warehouse.DropSchemaAsync(1, Cancellation);

        using var after = await host.Client.SendAsync(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, address, 5));
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.Headers.ETag?.ToString().ShouldBe("\"v2\"");
    }

    [Fact]
    public async Task Read_SchemaRemovedAndNoOther_IsAnErrorWithoutSecrets()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: Never);
        await warehouse.DropSchemaAsync(1, Cancellation);

        var problem = await host.Client.ProblemAsync("/households/1", HttpStatusCode.InternalServerError);

        problem.ToJsonString().ShouldNotContain("household_summary");
    }

    /// <summary>Household 1's produce has as many cents over 30.49 as the version's number.</summary>
    private static async Task ShouldServeAsync(HttpClient client, int version)
    {
        using var response = await client.SendAsync(HttpMethod.Get, "/households/1");
        response.Headers.ETag?.ToString().ShouldBe($"\"v{version}\"");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain($"\"produce\":{30.49m + (version / 100m)}");
    }

    private static async Task<string> HealthAsync(InsightsHost host)
    {
        using var client = host.Connect(key: null);
        return await client.GetStringAsync("/health", Cancellation);
    }
}
