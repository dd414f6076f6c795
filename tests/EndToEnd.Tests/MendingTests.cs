using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Microsoft.Playwright;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>Rows that were set aside are mended on a page, replayed, seen in the insights, and taken back.</summary>
[Collection(nameof(StackFixture))]
public sealed class MendingTests(StackFixture shared)
{
    // Two numbers were typed with the letter O.
    private const string Campaigns = "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY\nTypeA,1,224,264\nTypeA,2O,300,320\nTypeB,3O,330,350\n";

    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task QuarantinedRows_MendedOnThePage_AreReplayedAndCanBeTakenBack()
    {
        var (stack, client) = (shared.Stack, shared.Client);
        var before = (await client.LoadsAsync()).Select(other => other.Id).ToList();
        var load = await client.UploadAsync(DatasetNames.Campaigns, new MemoryStream(Encoding.UTF8.GetBytes(Campaigns)));
        (load.Loaded, load.Quarantined).ShouldBe((1, 2));

        var page = await shared.Chromium.OpenAsync(new Uri(stack.Pages, $"/loads/{load.Id}/quarantine"));
        await page.GetByTestId("groups").Locator("tbody a").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mend-panel")).ToHaveAttributeAsync("data-ready", "true");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync("O");
        await page.GetByLabel("By", new() { Exact = true }).FillAsync("0");
        await page.GetByTestId("mend-check").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mend-outcome")).ToContainTextAsync("2 rows: 2 right, 0 still faulty");
        await Assertions.Expect(page.GetByTestId("mend-rows")).ToContainTextAsync("TypeA,20,300,320");
        await page.GetByTestId("mend-replay").ClickAsync();
        await Assertions.Expect(page.GetByTestId("replayed")).ToContainTextAsync("2 mended, 0 dropped");

        var replay = (await client.LoadsAsync()).Single(other => other.ReplaysLoadId == load.Id);
        (replay.Loaded, replay.Quarantined).ShouldBe((2, 0));
        await client.VersionOfAsync([.. before, load.Id, replay.Id], PublishLimit);
        (await CampaignsAsync(client)).ShouldBe(["1", "20", "30"]);

        await page.GotoAsync(new Uri(stack.Pages, $"/loads/{replay.Id}").ToString());
        await page.GetByTestId("withdraw").ClickAsync();
        await page.GetByTestId("withdraw-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("load-state")).ToContainTextAsync("withdrawn", new() { IgnoreCase = true });
        await client.VersionOfAsync([.. before, load.Id], PublishLimit);
        (await CampaignsAsync(client)).ShouldBe(["1"]);
        (await client.LoadsAsync()).Where(other => !before.Contains(other.Id)).Select(other => other.State)
            .ShouldBe([LoadStates.Completed, LoadStates.Withdrawn], ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<string>> CampaignsAsync(StackClient client)
    {
        var rows = await client.TableAsync("campaign_summary");
        var campaign = Array.IndexOf(rows[0], "campaign");
        return [.. rows.Skip(1).Select(row => row[campaign]).Order(StringComparer.Ordinal)];
    }
}
