using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.EndToEnd.Tests.Stack;
using Dunnhumby.TestSupport.Samples;
using Microsoft.Playwright;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>Watching the system work: an upload is one trace through all services, found in the AppHost's dashboard and from the pages.</summary>
public sealed class TracingTests
{
    /// <summary>What happens to an upload, and who does it.</summary>
    private static readonly (string Span, string Service)[] Story =
    [
        ("POST /loads/{dataset}", "ingestion"),
        ("parse", "ingestion"),
        ("write parquet", "ingestion"),
        ("commit load", "ingestion"),
        ("INSERT loads", "ingestion"),
        ("dispatch outbox", "ingestion"),
        ("transform-load-completed receive", "transform"),
        ("request run", "transform"),
        ("transform run", "transform"),
        ("model household_summary", "transform"),
        ("publish", "transform"),
        ("refresh version", "insights"),
        ("refresh pages", "dashboard"),
    ];

    private const string Spans = "Search spans";

    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Upload_OfAFile_IsOneTraceThroughAllServices()
    {
        using var data = new DataDirectory();
        await using var stack = await StackProcess.StartAsync(data.Path);
        await using var chromium = await Chromium.StartAsync();
        using var client = new StackClient(stack);
        var page = await chromium.OpenAsync(stack.AppHostLogin);

        var load = await client.UploadAsync(DatasetNames.Products, new MemoryStream(Encoding.UTF8.GetBytes(SmallJourney.Files[DatasetNames.Products])));
        await client.VersionOfAsync([load.Id], PublishLimit);

        // Found by what it was: an upload over HTTP that the ingestion service took.
        await page.GotoAsync(new Uri(stack.AppHostDashboard, "/traces?resource=ingestion&type=Http").ToString());
        await SearchAsync(page, "Search traces", "POST /loads");
        await page.GetByTestId("trace").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.WaitForURLAsync(url => url.Contains($"/traces/detail/{load.TraceId}", StringComparison.Ordinal));
        await WaterfallTellsTheStoryAsync(page);

        await FactsAsync(page, "parse", ("dunnhumby.dataset", "product"), ("dunnhumby.rows", $"{load.Read}"));
        await FactsAsync(page, "model product_sections", ("dunnhumby.rows", $"{load.Loaded}"), ("db.system.name", "duckdb"));

        await LinkLeadsThereAsync(chromium, stack, "/loads", load.TraceId);
        await LinkLeadsThereAsync(chromium, stack, "/runs", load.TraceId);
        (await ListedNamesAsync(page, stack)).ShouldNotContain(name => name.StartsWith("SELECT", StringComparison.Ordinal), "nothing but work is traced");
    }

    /// <summary>Every step is in one waterfall, done by its service; the last ones may still be on their way to the dashboard.</summary>
    private static async Task WaterfallTellsTheStoryAsync(IPage page)
    {
        foreach (var (name, service) in Story)
        {
            await SearchAsync(page, Spans, name);
            await Assertions.Expect(Span(page, name).And(page.Locator($"[data-resource={service}]")).First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        }

        await page.GetByRole(AriaRole.Searchbox, new() { Name = Spans }).FillAsync("");
        foreach (var service in Story.Select(step => step.Service).Distinct(StringComparer.Ordinal))
        {
            await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Resources of this trace" })).ToContainTextAsync(service);
        }
    }

    private static async Task FactsAsync(IPage page, string span, params (string Name, string Value)[] attributes)
    {
        await SearchAsync(page, Spans, span);
        await Span(page, span).GetByRole(AriaRole.Link).First.ClickAsync();
        foreach (var (name, value) in attributes)
        {
            await Assertions.Expect(page.GetByTestId("details").GetByRole(AriaRole.Row, new() { Name = name }).First).ToContainTextAsync(value);
        }
    }

    /// <summary>The list has been searched when the address says so. By its name, since a page may still show the one before.</summary>
    private static async Task SearchAsync(IPage page, string field, string text)
    {
        await page.GetByRole(AriaRole.Searchbox, new() { Name = field }).FillAsync(text);
        await page.WaitForURLAsync(url => Uri.UnescapeDataString(url.Replace('+', ' ')).Contains($"text={text}", StringComparison.Ordinal));
    }

    private static async Task LinkLeadsThereAsync(Chromium chromium, StackProcess stack, string path, string? traceId)
    {
        var page = await chromium.OpenAsync(new Uri(stack.Dashboard, path));
        var link = await page.GetByTestId("trace-link").First.GetAttributeAsync("href");
        link.ShouldNotBeNull();
        link.ShouldBe(new Uri(stack.AppHostDashboard, $"/traces/detail/{traceId}").ToString(), $"the link of {path}");
        // The browser that follows it has not logged in here; the login page knows where it wanted to go.
        await page.GotoAsync(stack.AppHostLogin.ToString());
        await page.GotoAsync(link);
        await Assertions.Expect(page.GetByTestId("waterfall")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Context.CloseAsync();
    }

    private static async Task<IReadOnlyList<string>> ListedNamesAsync(IPage page, StackProcess stack)
    {
        await page.GotoAsync(new Uri(stack.AppHostDashboard, "/traces").ToString());
        await page.GetByTestId("trace").First.WaitForAsync();
        return await page.GetByTestId("trace").GetByRole(AriaRole.Link).AllInnerTextsAsync();
    }

    private static ILocator Span(IPage page, string name) =>
        page.GetByTestId("span").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });
}
