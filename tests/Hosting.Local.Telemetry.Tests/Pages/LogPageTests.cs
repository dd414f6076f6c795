using System.Text.RegularExpressions;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Pages;

[Collection<DashboardGroup>]
public sealed class LogPageTests(DashboardHost dashboard)
{
    private const int Information = 9;
    private const int Warning = 13;
    private const int Error = 17;

    // Each test has a service of its own: they share a store.
    private readonly string _service = $"logs-{Guid.NewGuid():N}"[..12];

    [Fact]
    public async Task Logs_FilteredStepByStep_ShowDetailsAndLeadToTheTrace()
    {
        var traceId = Payload.Id(16);
        await SendAsync(Log("Order 1 was taken", Information, ("order", "1")), Log("Order 7 is late", Warning, ("order", "7")), Failure(traceId, ("order", "7")));
        var page = await dashboard.OpenAsync($"/structuredlogs?resource={_service}");
        var rows = page.GetByTestId("log");
        await Expect(rows).ToHaveCountAsync(3);

        await page.GetByTestId("add-filter").ClickAsync();
        await page.GetByTestId("filter-field").FillAsync("order");
        await page.GetByTestId("filter-value").FillAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByTestId("level").SelectOptionAsync("Error");
        await Expect(rows).ToHaveCountAsync(1);

        await rows.GetByText("Order 7 failed").ClickAsync();
        await Expect(page.GetByTestId("exception")).ToContainTextAsync("System.InvalidOperationException: The broker is away.");
        await Expect(page.GetByTestId("details")).ToContainTextAsync("Tests.Category");

        // The address alone brings all of it back.
        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("exception")).ToContainTextAsync("at Broker.Send()");
        await page.GetByTestId("details").GetByText("View trace").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/traces/detail/{Hex(traceId)}", RegexOptions.None, Chromium.Patience));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Logs_SearchedWhileMoreArrive_ShowTheNewOnesAndTheirOwn()
    {
        await SendAsync(Log("apples were sold", Information), Log("pears were sold", Information));
        var page = await dashboard.OpenAsync($"/structuredlogs?resource={_service}");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("APPLES");
        await Expect(page.GetByTestId("log")).ToHaveCountAsync(1);

        await SendAsync(Log("more apples were sold", Information), Log("more pears were sold", Information));

        await Expect(page.GetByTestId("log")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("log").First).ToContainTextAsync("apples");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Logs_Paused_AreNotKeptAndSaySo()
    {
        await SendAsync(Log("before", Information));
        var page = await dashboard.OpenAsync($"/structuredlogs?resource={_service}");
        await Expect(page.GetByTestId("log")).ToHaveCountAsync(1);

        try
        {
            await page.GetByTestId("pause").ClickAsync();
            await Expect(page.GetByTestId("paused")).ToBeVisibleAsync();
            await SendAsync(Log("meanwhile", Information));
            await page.GetByTestId("pause").ClickAsync();
            await Expect(page.GetByTestId("paused")).ToHaveCountAsync(0);
        }
        finally
        {
            dashboard.Store.Resume(TelemetrySignal.Logs);
        }

        await SendAsync(Log("after", Information));
        await Expect(page.GetByTestId("log")).ToHaveCountAsync(2);

        await page.GetByTestId("clear").ClickAsync();
        await Expect(page.GetByTestId("no-logs")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Errors_OnAnotherPage_AreCountedUntilTheLogsAreLookedAt()
    {
        var page = await dashboard.OpenAsync("/traces");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await SendAsync(Failure(Payload.Id(16)));

        await Expect(page.GetByTestId("unviewed-errors")).ToBeVisibleAsync();
        await page.GetByText("Structured logs").First.ClickAsync();
        await Expect(page.GetByTestId("unviewed-errors")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private static LogRecord Failure(ByteString traceId, params (string Key, string Value)[] attributes)
    {
        var log = Log(
            "Order 7 failed",
            Error,
            [.. attributes, ("exception.type", "System.InvalidOperationException"), ("exception.message", "The broker is away."), ("exception.stacktrace", "at Broker.Send()\nat Orders.Take()")]);
        log.TraceId = traceId;
        log.SpanId = Payload.SpanId(1);
        return log;
    }

    private static LogRecord Log(string message, int severity, params (string Key, string Value)[] attributes)
    {
        var log = Payload.Log(message, severity);
        log.Attributes.Add(attributes.Select(item => Payload.Attribute(item.Key, item.Value)));
        return log;
    }

    private static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    private Task SendAsync(params LogRecord[] logs) => dashboard.SendAsync("logs", Payload.Logs(_service, logs));
}
