using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Dunnhumby.Insights.Api.Lineage;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Insights.Api.Tests.Lineage;

/// <summary>What endpoints say that they read, compared with what Postgres is asked.</summary>
[Collection(nameof(PublishedInsightsGroup))]
public sealed class EndpointReadsTests(PublishedInsights insights)
{
    [Fact]
    public async Task Endpoints_ThatNeedAKey_AllSayWhatTheyRead()
    {
        var version = await insights.Host.Services.GetRequiredService<CurrentVersion>().GetAsync(TestContext.Current.CancellationToken);
        var endpoints = insights.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.RoutePattern.RawText is not "/health/details").ToList();

        endpoints.Count.ShouldBeGreaterThan(10);
        foreach (var endpoint in endpoints)
        {
            endpoint.TablesRead(version).ShouldNotBeNull(endpoint.DisplayName);
        }
    }

    /// <summary>Of an endpoint that reads several tables, the addresses together make it read all of them: campaign 3 has no days, so that its summary is looked up.</summary>
    [Theory]
    [InlineData("/households", "/households")]
    [InlineData("/households/{householdKey}", "/households/1")]
    [InlineData("/households/{householdKey}/daily-spend", "/households/1/daily-spend")]
    [InlineData("/campaigns", "/campaigns")]
    [InlineData("/campaigns/{campaign}", "/campaigns/1")]
    [InlineData("/campaigns/{campaign}/daily-sales", "/campaigns/1/daily-sales", "/campaigns/3/daily-sales")]
    [InlineData("/sales/daily", "/sales/daily")]
    [InlineData("/sales/stores", "/sales/stores")]
    [InlineData("/stores", "/stores")]
    [InlineData("/orphans", "/orphans")]
    [InlineData("/tables", "/tables")]
    [InlineData("/tables/{name}/about", "/tables/orphans/about")]
    [InlineData("/version", "/version")]
    [InlineData("/lineage", "/lineage")]
    [InlineData(
        "/tables/{name}", "/tables/household_summary", "/tables/daily_household_spend", "/tables/daily_campaign_sales", "/tables/campaign_summary", "/tables/daily_sales",
        "/tables/store_daily_sales", "/tables/orphans")]
    [InlineData(
        "/tables/{name}/rows", "/tables/household_summary/rows", "/tables/daily_household_spend/rows", "/tables/daily_campaign_sales/rows", "/tables/campaign_summary/rows",
        "/tables/daily_sales/rows", "/tables/store_daily_sales/rows", "/tables/orphans/rows")]
    public async Task Endpoint_WhenItIsAsked_ReadsTheTablesThatItSays(string route, params string[] addresses)
    {
        // A host of its own remembers no household.
        await using var host = new InsightsHost(insights.ReaderConnection);
        var version = await host.Services.GetRequiredService<CurrentVersion>().GetAsync(TestContext.Current.CancellationToken);
        var endpoint = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(endpoint => string.Equals($"/{endpoint.RoutePattern.RawText?.Trim('/')}", route, StringComparison.Ordinal));
        var trace = ActivityTraceId.CreateRandom();
        ConcurrentBag<string> statements = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string statement)
                {
                    statements.Add(statement);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        foreach (var address in addresses)
        {
            using var response = await host.Client.SendAsync(HttpMethod.Get, address, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        string[] read =
        [
            .. statements.SelectMany(statement => Regex.Matches(statement, @"\binsights_v\d+\.""?(?<table>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
                .Select(match => match.Groups["table"].Value).Distinct(StringComparer.Ordinal),
        ];
        read.ShouldBe(endpoint.TablesRead(version).ShouldNotBeNull(), ignoreOrder: true);
    }
}
