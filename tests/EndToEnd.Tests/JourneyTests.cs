using System.Globalization;
using Deque.AxeCore.Playwright;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.EndToEnd.Tests.Journeys;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.TestSupport;
using Microsoft.Playwright;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>The way of a new user: start the stack, upload the eight files through the page and through the endpoint, read the figures over HTTP and on the pages.</summary>
public sealed class JourneyTests
{
    /// <summary>How Postgres and RabbitMQ must run here, <c>native</c> or <c>containers</c>; without it, as the AppHost chooses.</summary>
    private static readonly string? ExpectedServers = Environment.GetEnvironmentVariable("EXPECTED_SERVERS");

    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(60);
    private const float ClickLimit = 1000; // ms
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Journey_UploadedByPageAndEndpoint_ShowsTheRightFigures()
    {
        using var data = new DataDirectory();
        var journey = await Journey.BestAsync(data.Path);
        await using var stack = await Stack.StartAsync(data.Path);
        await using var chromium = await Chromium.StartAsync();
        using var client = new StackClient(stack);
        (ExpectedServers ?? stack.Servers).ShouldBe(stack.Servers, "the AppHost chose by itself");

        var overview = await chromium.OpenAsync(stack.Pages);
        await Assertions.Expect(overview.Locator("[data-testid^=empty-file-]")).ToHaveCountAsync(8);

        await UploadByPageAsync(chromium, stack, journey, DatasetNames.Products, DatasetNames.Campaigns);
        await UploadByScriptAsync(stack, client, journey);
        var version = await client.WholeVersionOfAsync((await client.LoadsAsync()).Select(load => load.Id), PublishLimit);
        version.Loads.Count.ShouldBe(8);
        version.Loads.Select(load => load.Dataset).ShouldBe(DatasetNames.All, ignoreOrder: true);

        await TablesAgreeAsync(client, journey);
        await PagesAgreeAsync(chromium, stack, journey, overview);

        await UploadByScriptAsync(stack, client, journey);
        (await client.VersionAsync()).ShouldBeEquivalentTo(version);
    }

    private static async Task UploadByPageAsync(Chromium chromium, Stack stack, Journey journey, params string[] datasets)
    {
        var page = await chromium.OpenAsync(new Uri(stack.Pages, "/loads"));
        await Assertions.Expect(page.GetByTestId("upload-panel")).ToHaveAttributeAsync("data-ready", "true");
        await page.GetByTestId("upload-input").SetInputFilesAsync(datasets.Select(journey.FileOf));
        await page.GetByTestId("upload-start").ClickAsync();
        foreach (var dataset in datasets)
        {
            var row = page.GetByTestId($"upload-{dataset}");
            await Assertions.Expect(row.GetByTestId("upload-outcome")).ToContainTextAsync("0 quarantined");
            (await row.GetAttributeAsync("data-state")).ShouldBeOneOf("loaded", "known");
        }
    }

    /// <summary>What the script prints are the numbers of the loads.</summary>
    private static async Task UploadByScriptAsync(Stack stack, StackClient client, Journey journey)
    {
        var said = await UploadScript.RunAsync(stack, journey.Folder);
        said[^1].ShouldBe("8 loads completed, 0 quarantined");
        foreach (var load in await client.LoadsAsync())
        {
            said.ShouldContain(line =>
                line.StartsWith($"{load.Dataset}: completed, read {load.Read}, loaded {load.Loaded}, quarantined 0, deduplicated {load.Deduplicated}", StringComparison.Ordinal));
        }
    }

    private static async Task TablesAgreeAsync(StackClient client, Journey journey)
    {
        var households = await client.TableAsync("household_summary");
        var total = Array.IndexOf(households[0], "total_sales");
        var demographics = Array.IndexOf(households[0], "has_demographics");
        households.Count.ShouldBe(1 + journey.Households);
        households.Skip(1).Sum(row => Decimal(row[total])).ShouldBe(journey.Sales);
        households.Skip(1).Where(row => row[demographics] is "true").Sum(row => Decimal(row[total])).ShouldBe(journey.SalesOfHouseholdsWithDemographics);

        (await client.TableAsync("daily_household_spend")).Count.ShouldBe(1 + journey.HouseholdDays);
        var campaignDays = await client.TableAsync("daily_campaign_sales");
        campaignDays.Count.ShouldBe(1 + journey.CampaignDays);
        campaignDays.Skip(1).Sum(row => Decimal(row[2])).ShouldBe(journey.CampaignSales);
        (await client.TableAsync("campaign_summary")).Count.ShouldBe(1 + journey.Campaigns);
    }

    private static async Task PagesAgreeAsync(Chromium chromium, Stack stack, Journey journey, IPage overview)
    {
        // The overview was open all the time: it left its empty state by itself and offers what came later.
        // On a slow machine there were versions of some of the files before.
        var (offer, sales) = (overview.GetByTestId("new-version-refresh"), overview.GetByTestId("figure-sales"));
        await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    await offer.ClickAsync(new() { Timeout = ClickLimit });
                }
                catch (TimeoutException)
                {
                    // There is no offer, or what was asked for came while it was clicked again.
                }

                return await sales.IsVisibleAsync() ? await sales.TextContentAsync() : null;
            },
            shown => string.Equals(shown, Journey.Money(journey.Sales), StringComparison.Ordinal),
            TimeSpan.FromSeconds(60),
            what: "the overview has the sales of all files");
        await Assertions.Expect(overview.GetByTestId("figure-lines")).ToHaveTextAsync(Journey.Count(journey.Lines));
        await Assertions.Expect(overview.GetByTestId("figure-households")).ToHaveTextAsync(Journey.Count(journey.Households));
        await Assertions.Expect(overview.GetByTestId("figure-campaigns")).ToHaveTextAsync(Journey.Count(journey.Campaigns));

        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await ReadableAsync(chromium, stack, "/", "figure-sales", scheme);
            await ReadableAsync(chromium, stack, "/households", "households", scheme);
            await ReadableAsync(chromium, stack, "/households/1", "household-total", scheme);
            await ReadableAsync(chromium, stack, "/campaigns/1", "avg-during", scheme);
            await ReadableAsync(chromium, stack, "/loads", "loads", scheme);
            await ReadableAsync(chromium, stack, "/lake", "lake-tables", scheme);
        }
    }

    /// <summary>The page shows its data, and axe finds no serious fault of accessibility in it.</summary>
    private static async Task ReadableAsync(Chromium chromium, Stack stack, string path, string data, ColorScheme scheme)
    {
        var page = await chromium.OpenAsync(new Uri(stack.Pages, path), scheme);
        await page.GetByTestId(data).First.WaitForAsync();
        // A page that is just becoming interactive has no title for a moment: that one fault is waited out, every other counts at once.
        var faults = await Eventually.GetAsync(
            () => FaultsAsync(page), found => !found.Contains("document-title", StringComparison.Ordinal), SettleLimit, what: $"{path} in {scheme} with a title");
        faults.ShouldBeEmpty($"{path}, {scheme}");
        await page.Context.CloseAsync();
    }

    private static async Task<string> FaultsAsync(IPage page) => string.Join(
        Environment.NewLine,
        (await page.RunAxe()).Violations
            .Where(fault => fault.Impact is "serious" or "critical")
            .Select(fault => $"{fault.Id}: {fault.Help} ({string.Join(" ", fault.Nodes.Select(node => node.Target))})"));

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
