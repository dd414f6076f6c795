using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;
using Microsoft.Playwright;
using RabbitMQ.Client;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>Watching the system work: an upload is one trace through all services, known to Aspire's dashboard and found there from the pages.</summary>
[Collection(nameof(StackFixture))]
public sealed class TracingTests(StackFixture shared)
{
    /// <summary>What happens to an upload, and who does it.</summary>
    private static readonly (string Service, string Span)[] Story =
    [
        ("ingestion", "POST /loads/{dataset}"),
        ("ingestion", "parse"),
        ("ingestion", "write parquet"),
        ("ingestion", "commit load"),
        ("ingestion", "INSERT loads"),
        ("ingestion", "dispatch outbox"),
        ("transform", "transform-load-completed receive"),
        ("transform", "request run"),
        ("transform", "transform run"),
        ("transform", "model household_summary"),
        ("transform", "publish"),
        ("insights", "refresh version"),
        ("dashboard", "refresh pages"),
    ];

    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(60);

    /// <summary>Services send what they did every few seconds.</summary>
    private static readonly TimeSpan TelemetryLimit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Upload_OfAFile_IsOneTraceThroughAllServices()
    {
        using var telemetry = new TelemetryApi(shared.Stack);
        await AnnounceWhatNobodyCanReadAsync();
        var load = await UploadAsync();
        var traceId = load.TraceId.ShouldNotBeNull();

        var spans = await WholeTraceAsync(telemetry, traceId);
        FactsAre(spans, "parse", ("dunnhumby.dataset", "product"), ("dunnhumby.rows", $"{load.Read}"));
        FactsAre(spans, "model product_sections", ("dunnhumby.rows", $"{await ProductsAsync()}"), ("db.system.name", "duckdb"));
        spans.Where(span => span.ParentId is null).Select(span => span.Name).ShouldBe(["POST /loads/{dataset}"], "everything is the request's doing");

        // Nothing but work is traced.
        var traces = (await telemetry.TracesAsync(limit: 1000)).GroupBy(span => span.TraceId, StringComparer.Ordinal).ToList();
        traces.ShouldContain(trace => trace.Key == traceId);
        traces.SelectMany(trace => trace.Where(span => span.ParentId is null)).ShouldNotContain(span => span.Name.StartsWith("SELECT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TraceLink_OnThePages_LeadsToTheSpansInAspiresDashboard(ColorScheme scheme)
    {
        var load = await UploadAsync();
        foreach (var path in (string[])["/loads", "/runs"])
        {
            var page = await shared.Chromium.OpenAsync(new Uri(shared.Stack.Pages, path), scheme);
            var link = await page.GetByTestId("trace-link").First.GetAttributeAsync("href") ?? "";
            link.ShouldBe(new Uri(shared.Stack.AspireDashboard, $"/traces/detail/{load.TraceId}").ToString(), $"the link of {path}");

            // The browser that follows it has not logged in there yet.
            await page.GotoAsync(shared.Stack.AspireLogin.ToString());
            await page.GotoAsync(link);
            await Assertions.Expect(page.GetByText("ingestion: POST /loads/{dataset}").First).ToBeVisibleAsync();
            foreach (var (service, span) in Story)
            {
                // Of a long trace, only the rows in sight exist.
                await page.Locator("input[name=spans-search]").FillAsync(span);
                await Assertions.Expect(span is "dispatch outbox" ? Cell(page, $"ingestion: {span}").Or(Cell(page, $"transform: {span}")).First : Cell(page, $"{service}: {span}")).ToBeVisibleAsync();
            }

            await page.Context.CloseAsync();
        }
    }

    private async Task<IReadOnlyList<Span>> WholeTraceAsync(TelemetryApi telemetry, string traceId)
    {
        try
        {
            return await Eventually.GetAsync(
                () => telemetry.TraceAsync(traceId), known => Missing(known).Count == 0, TelemetryLimit, known => $"without {string.Join(", ", Missing(known))}", "every step is in the trace");
        }
        catch (TimeoutException incomplete)
        {
            throw new TimeoutException($"{incomplete.Message}{Environment.NewLine}{await shared.Stack.PrintedAsync("transform")}", incomplete);
        }
    }

    /// <summary>It must not keep anybody from hearing what is announced after it.</summary>
    private async Task AnnounceWhatNobodyCanReadAsync()
    {
        var factory = new ConnectionFactory { Uri = new Uri(await shared.Stack.ConnectionStringAsync("messaging-transform")) };
        await using var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync("Dunnhumby.Contracts.Messages:InsightsPublished", "", Encoding.UTF8.GetBytes("not an event"));
    }

    /// <summary>To the name of a call the page adds whom it called.</summary>
    private static ILocator Cell(IPage page, string name) => page.GetByRole(AriaRole.Gridcell, new() { Name = name, Exact = true })
        .Or(page.GetByRole(AriaRole.Gridcell, new() { Name = $"{name} Outgoing call to" })).First;

    /// <summary>Products of its own, since the same bytes are the same load; waits until they are published.</summary>
    private async Task<Load> UploadAsync()
    {
        var before = (await shared.Client.VersionAsync()).Loads.Select(other => other.Id).ToList();
        var products = SmallJourney.Files[DatasetNames.Products] + $"{1000 + before.Count},69,GROCERY,National,BUTTER,BUTTER,\n";
        var load = await shared.Client.UploadAsync(DatasetNames.Products, new MemoryStream(Encoding.UTF8.GetBytes(products)));
        await shared.Client.VersionOfAsync([.. before, load.Id], PublishLimit);
        return load;
    }

    /// <summary>Each file of these tests has the four products of the small journey and one of its own.</summary>
    private async Task<int> ProductsAsync() => 4 + (await shared.Client.LoadsAsync()).Count(load => load.Dataset is DatasetNames.Products);

    private static List<string> Missing(IReadOnlyList<Span> spans) =>
        [.. Story.Where(step => !spans.Any(span => Is(span.Service, span.Name, step))).Select(step => $"{step.Span} of {step.Service}")];

    /// <summary>The outbox has one dispatcher at a time: that of whichever service came first.</summary>
    private static bool Is(string service, string name, (string Service, string Span) step) =>
        string.Equals(name, step.Span, StringComparison.Ordinal) && (step.Span is "dispatch outbox" || string.Equals(service, step.Service, StringComparison.Ordinal));

    /// <summary>A table may be made more than once for an upload: with it, and soon after if it is on a schedule and had waited for these data.</summary>
    private static void FactsAre(IReadOnlyList<Span> spans, string name, params (string Name, string Value)[] attributes)
    {
        var named = spans.Where(span => span.Name.Equals(name, StringComparison.Ordinal)).ToList();
        named.ShouldContain(
            span => attributes.All(attribute => span.Attributes.GetValueOrDefault(attribute.Name) == attribute.Value),
            $"{string.Join(", ", attributes)} of {name}, among {string.Join("; ", named.Select(span => string.Join(", ", span.Attributes)))}");
    }
}
