using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Pages;

[Collection<DashboardGroup>]
public sealed class MetricPageTests(DashboardHost dashboard)
{
    private const int Cumulative = 2;

    private readonly string _service = $"metrics-{Guid.NewGuid():N}"[..15];
    private readonly ByteString _traceId = Payload.Id(16);

    private string TraceId => Convert.ToHexStringLower(_traceId.Span);

    [Fact]
    public async Task Histogram_ChosenFromTheTree_ShowsPercentilesFiltersAndExemplars()
    {
        await SendAsync();
        var page = await dashboard.OpenAsync($"/metrics?resource={_service}");
        await page.GetByTestId("instruments").GetByText("order.duration").ClickAsync();
        await Expect(page.GetByTestId("instrument-name")).ToHaveTextAsync("order.duration");
        await Expect(page.GetByTestId("metric-chart")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("exemplar")).ToHaveCountAsync(1);

        // 4 of 8 measurements are at most 10: the median is 10. Of those of the web alone, 3 of 4 are: it is 2/3 of 10.
        await page.GetByTestId("as-table").ClickAsync();
        var table = page.GetByTestId("metric-table");
        await Expect(table.GetByRole(AriaRole.Cell, new() { Name = "10", Exact = true }).First).ToBeVisibleAsync();
        await page.GetByTestId("dimensions").GetByLabel("phone").UncheckAsync();
        await Expect(table.GetByRole(AriaRole.Cell, new() { Name = "6.666667", Exact = true }).First).ToBeVisibleAsync();
        page.Url.ShouldContain("dim=kind%3Aweb");
        await page.ReloadAsync();
        await Expect(table.GetByRole(AriaRole.Cell, new() { Name = "6.666667", Exact = true }).First).ToBeVisibleAsync();

        await page.GetByTestId("window").SelectOptionAsync("720");
        await Expect(page).ToHaveURLAsync(new Regex("window=720", RegexOptions.None, Chromium.Patience));
        await page.GetByTestId("exemplar-trace").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/traces/detail/{TraceId}", RegexOptions.None, Chromium.Patience));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_InEitherTheme_AreAccessible(ColorScheme scheme)
    {
        await SendAsync();
        var span = Payload.Span(_traceId, Payload.SpanId(1), name: "GET /orders");
        var log = Payload.Log("An order failed", severity: 17);
        log.Attributes.Add(Payload.Attribute("exception.type", "System.TimeoutException"));
        (log.TraceId, log.SpanId) = (_traceId, span.SpanId);
        await dashboard.SendAsync("traces", Payload.Traces(_service, span, Payload.Span(_traceId, Payload.SpanId(2), Payload.SpanId(1), "query")));
        await dashboard.SendAsync("logs", Payload.Logs(_service, log));

        await AccessibleAsync("/structuredlogs", $"resource={_service}&log={dashboard.Store.Logs.Query(new() { Resource = _service }).Items[0].Sequence}", "details", scheme);
        await AccessibleAsync("/traces", $"resource={_service}", "trace", scheme);
        await AccessibleAsync($"/traces/detail/{TraceId}", "span=0000000000000001", "details", scheme);
        await AccessibleAsync("/metrics", $"resource={_service}&meter=tests.meter&instrument=order.duration", "metric-chart", scheme);
    }

    /// <summary>The page shows its data, and axe finds no serious fault of accessibility in it.</summary>
    private async Task AccessibleAsync(string path, string query, string data, ColorScheme scheme)
    {
        var page = await dashboard.OpenAsync($"{path}?{query}", scheme);
        await page.GetByTestId(data).First.WaitForAsync();
        var faults = (await page.RunAxe()).Violations
            .Where(fault => fault.Impact is "serious" or "critical")
            .Select(fault => $"{fault.Id}: {fault.Help} ({string.Join(" ", fault.Nodes.Select(node => node.Html))})");
        faults.ShouldBeEmpty($"{path}?{query}, {scheme}");
        await page.Context.CloseAsync();
    }

    /// <summary>Of the web 3 measurements up to 10 and 1 up to 20; of phones 1 up to 10 and 3 up to 20.</summary>
    private Task SendAsync() => dashboard.SendAsync("metrics", Payload.Metrics(_service, new Metric
    {
        Name = "order.duration",
        Unit = "s",
        Description = "How long an order takes.",
        Histogram = new Histogram { AggregationTemporality = Cumulative, DataPoints = { Point("web", 3, 1), Point("phone", 1, 3) } },
    }));

    private HistogramDataPoint Point(string kind, ulong upToTen, ulong upToTwenty)
    {
        var now = (ulong)(DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
        var point = new HistogramDataPoint
        {
            TimeUnixNano = now,
            Count = upToTen + upToTwenty,
            Sum = 60,
            ExplicitBounds = { 10, 20 },
            BucketCounts = { upToTen, upToTwenty, 0 },
            Attributes = { Payload.Attribute("kind", kind) },
        };
        if (kind is "web")
        {
            point.Exemplars.Add(new Exemplar { TimeUnixNano = now, AsDouble = 8, TraceId = _traceId, SpanId = Payload.SpanId(1) });
        }

        return point;
    }
}
