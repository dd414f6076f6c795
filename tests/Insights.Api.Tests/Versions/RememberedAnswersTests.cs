using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Versions;

/// <summary>What is remembered of a version is not asked of the database again: its commands are counted by the trace of the request.</summary>
public sealed class RememberedAnswersTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/households/1", 0)]
    [InlineData("/products/12", 0)]
    [InlineData("/campaigns/1", 0)]
    [InlineData("/campaigns/1/performance", 0)]
    [InlineData("/search?q=beef", 0)]
    // Whether both versions are kept is asked each time.
    [InlineData("/versions/1/diff/2", 2)]
    [InlineData("/tables/daily_sales", 0)]
    [InlineData("/tables/daily_sales?from=110&format=csv", 0)]
    [InlineData("/tables/daily_sales?sort=-salesValue&format=parquet", 0)]
    // The rows are read, their totals are not.
    [InlineData("/tables/daily_sales/rows", 1)]
    [InlineData("/sales/days", 1)]
    public async Task Read_AskedBefore_AsksTheDatabaseForTheRestOnly(string address, int batches)
    {
        // Differences need several versions, and those have no tables of the retail desk.
        await using var warehouse = address.StartsWith("/versions", StringComparison.Ordinal)
            ? await Warehouse.OfVersionsAsync(postgres, Cancellation)
            : await Warehouse.OfJourneyAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        ConcurrentBag<ActivityTraceId> asked = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => asked.Add(activity.TraceId),
        };
        ActivitySource.AddActivityListener(listener);

        var (commands, first) = await AskAsync();
        var (fewer, second) = await AskAsync();

        commands.ShouldBeGreaterThan(batches);
        fewer.ShouldBe(batches);
        second.ShouldBe(first);

        async Task<(int Commands, string Answer)> AskAsync()
        {
            var trace = ActivityTraceId.CreateRandom();
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
            using var answer = await host.Client.SendAsync(request, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var body = Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Cancellation));
            return (asked.Count(one => one == trace), $"{answer.Content.Headers.ContentType} {body}");
        }
    }
}
