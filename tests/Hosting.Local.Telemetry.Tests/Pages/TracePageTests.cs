using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Pages;

[Collection<DashboardGroup>]
public sealed class TracePageTests(DashboardHost dashboard)
{
    private const int ErrorStatus = 2;
    private const double MillisecondsToOpen = 1_000;

    /// <summary>
    /// From the click until the first spans are painted, by the browser's own clock: what a reader waits for. How long the test's commands take to the browser and back,
    /// which on a busy machine is more than that, is not part of it.
    /// </summary>
    private const string MeasureOpening = """
        () => addEventListener('click', () => {
          const clicked = performance.now();
          window.opened = null;
          const watch = new MutationObserver(() => {
            if (document.querySelector('[data-testid=span]')) {
              watch.disconnect();
              requestAnimationFrame(() => setTimeout(() => window.opened = performance.now() - clicked));
            }
          });
          watch.observe(document.body, { childList: true, subtree: true });
        }, true)
        """;

    private readonly string _shop = $"shop-{Guid.NewGuid():N}"[..12];
    private readonly string _orders = $"orders-{Guid.NewGuid():N}"[..14];
    private readonly ByteString _traceId = Payload.Id(16);

    private string TraceId => Convert.ToHexStringLower(_traceId.Span);

    [Fact]
    public async Task Traces_FilteredByTypeErrorsAndText_ShowSpansPerResource()
    {
        await SendTraceAsync();
        await dashboard.SendAsync("traces", Payload.Traces(_shop, Payload.Span(Payload.Id(16), Payload.SpanId(9), name: "clean up")));
        var page = await dashboard.OpenAsync($"/traces?resource={_shop}");
        var rows = page.GetByTestId("trace");
        await Expect(rows).ToHaveCountAsync(2);

        await page.GetByTestId("type").SelectOptionAsync("Database");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToContainTextAsync("GET /orders");
        await Expect(rows).ToContainTextAsync($"{_shop} 1");
        await Expect(rows).ToContainTextAsync($"{_orders} 2✕1");
        await page.GetByTestId("type").SelectOptionAsync("Messaging");
        await Expect(page.GetByTestId("no-traces")).ToBeVisibleAsync();

        await page.GetByTestId("type").SelectOptionAsync("");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("CLEAN");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByText("Errors only").ClickAsync();
        await Expect(page.GetByTestId("no-traces")).ToBeVisibleAsync();
        page.Url.ShouldContain("errors=true");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Trace_OpenedFromTheList_ShowsItsTreeDetailsAndLogsAndComesBack()
    {
        await SendTraceAsync();
        var page = await dashboard.OpenAsync($"/traces?resource={_orders}");
        await page.GetByTestId("trace").GetByRole(AriaRole.Link).First.ClickAsync();
        var spans = page.GetByTestId("span");
        await Expect(spans).ToHaveCountAsync(3);
        (await spans.EvaluateAllAsync<string[]>("rows => rows.map(row => `${row.dataset.depth} ${row.dataset.resource}`)")).ShouldBe([$"0 {_shop}", $"1 {_orders}", $"2 {_orders}"]);

        // The query begins 25 ms into a trace of 100 ms and takes 10: its bar stands at the first quarter and is a tenth wide.
        var bar = page.Locator($"[data-span='{Hex(3)}'] .bar");
        (await bar.GetAttributeAsync("style")).ShouldNotBeNull().ShouldStartWith("left:25%;width:10%");
        await Expect(page.GetByTestId("waterfall").Locator("th").Last).ToContainTextAsync("25 ms");

        await spans.First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(spans).ToHaveCountAsync(1);
        await spans.First.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("query");
        await Expect(page).ToHaveURLAsync(new Regex("text=query", RegexOptions.None, Chromium.Patience));
        // With what leads to it.
        await Expect(spans).ToHaveCountAsync(3);

        await spans.GetByText("query", new() { Exact = true }).ClickAsync();
        var details = page.GetByTestId("details");
        await Expect(details).ToContainTextAsync("Error: no such order");
        await Expect(details).ToContainTextAsync("db.system.name");
        await Expect(details.GetByTestId("span-event")).ToContainTextAsync("retry");
        (await details.GetByTestId("span-link").GetByRole(AriaRole.Link).GetAttributeAsync("href")).ShouldBe($"traces/detail/{new string('a', 32)}?span={new string('b', 16)}");

        await page.GetByTestId("log-mark").ClickAsync();
        await Expect(page.GetByTestId("log-message")).ToHaveTextAsync("Order 7 is unknown");
        await page.GetByTestId("details").GetByText("View trace").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/traces/detail/{TraceId}\\?span={Hex(3)}", RegexOptions.None, Chromium.Patience));
        await Expect(page.GetByTestId("details")).ToContainTextAsync("query");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Trace_OfFiveThousandSpans_OpensInASecond()
    {
        const int Spans = 5_000;
        await dashboard.SendAsync("traces", Payload.Traces(_shop, Enumerable.Range(0, Spans).Select(number =>
            Payload.Span(_traceId, Id(number), number == 0 ? ByteString.Empty : Id((number - 1) / 10), $"step {number}", number % 400))));
        var page = await dashboard.OpenAsync($"/traces?resource={_shop}");
        await page.EvaluateAsync(MeasureOpening);
        var link = page.GetByTestId("trace").GetByRole(AriaRole.Link).First;

        // Other work on the machine may be in the way once, but not every time.
        var fastest = double.MaxValue;
        for (var attempt = 0; attempt < 8 && fastest > MillisecondsToOpen; attempt++)
        {
            await link.ClickAsync();
            await page.GetByTestId("span").First.WaitForAsync();
            fastest = Math.Min(fastest, await (await page.WaitForFunctionAsync("() => window.opened")).JsonValueAsync<double>());
            await Expect(page.GetByTestId("trace-facts")).ToContainTextAsync("5,000");
            (await page.GetByTestId("span").CountAsync()).ShouldBeInRange(5, 120);
            await page.GoBackAsync();
            await link.WaitForAsync();
        }

        fastest.ShouldBeLessThanOrEqualTo(MillisecondsToOpen);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Traces_AThousandSpansASecond_AreFollowedCalmly()
    {
        const int Ticks = 30;
        var page = await dashboard.OpenAsync($"/traces?resource={_shop}");
        await Expect(page.GetByTestId("no-traces")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.paints = 0; new MutationObserver(() => window.paints++).observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true }); }");

        var started = Stopwatch.StartNew();
        for (var tick = 0; tick < Ticks; tick++)
        {
            // 10 traces of 10 spans, ten times a second.
            await dashboard.SendAsync("traces", Payload.Traces(_shop, Enumerable.Range(0, 100).GroupBy(number => number / 10).SelectMany(group =>
            {
                var traceId = Payload.Id(16);
                return group.Select(number => Payload.Span(traceId, Payload.SpanId((byte)(1 + (number % 10))), number % 10 == 0 ? ByteString.Empty : Payload.SpanId(1)));
            })));
            var due = TimeSpan.FromMilliseconds(100 * (tick + 1)) - started.Elapsed;
            await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, TestContext.Current.CancellationToken);
        }

        await Expect(page.GetByRole(AriaRole.Status).Last).ToHaveTextAsync("300 traces");
        // One batch of changes to the page per refresh, of which there are four a second; virtualising may take a second one.
        var seconds = started.Elapsed.TotalSeconds;
        (await page.EvaluateAsync<int>("() => window.paints")).ShouldBeInRange(2, (int)Math.Ceiling(2 * 4 * (seconds + 1)));
        await page.Context.CloseAsync();
    }

    private static ByteString Id(int number) => ByteString.CopyFrom(Convert.FromHexString((number + 1).ToString("x16", CultureInfo.InvariantCulture)));

    private static string Hex(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>100 ms in the shop; in it 60 in the orders service; in that, from 25 to 35 ms, a query that fails and logs.</summary>
    private async Task SendTraceAsync()
    {
        var root = Span(1, 0, 100, "GET /orders", parent: null, Payload.Attribute("http.request.method", "GET"));
        var server = Span(2, 10, 60, "GET /orders/{id}", parent: 1, Payload.Attribute("http.request.method", "GET"));
        var query = Span(3, 25, 10, "query", parent: 2, Payload.Attribute("db.system.name", "postgresql"));
        query.Status = new Status { Code = ErrorStatus, Message = "no such order" };
        query.Events.Add(new Span.Types.Event { Name = "retry", TimeUnixNano = query.StartTimeUnixNano + 1_000_000, Attributes = { Payload.Attribute("attempt", "2") } });
        query.Links.Add(new Span.Types.Link { TraceId = ByteString.CopyFrom(Convert.FromHexString(new string('a', 32))), SpanId = ByteString.CopyFrom(Convert.FromHexString(new string('b', 16))) });
        var log = Payload.Log("Order 7 is unknown", milliseconds: 30);
        log.TraceId = _traceId;
        log.SpanId = query.SpanId;

        await dashboard.SendAsync("logs", Payload.Logs(_orders, log));
        await dashboard.SendAsync("traces", Payload.Traces(_shop, root));
        await dashboard.SendAsync("traces", Payload.Traces(_orders, server, query));
    }

    private Span Span(byte number, int start, int length, string name, byte? parent, KeyValue attribute)
    {
        var span = Payload.Span(_traceId, Payload.SpanId(number), parent is { } known ? Payload.SpanId(known) : ByteString.Empty, name, start);
        span.EndTimeUnixNano = span.StartTimeUnixNano + ((ulong)length * 1_000_000);
        span.Attributes.Add(attribute);
        return span;
    }
}
