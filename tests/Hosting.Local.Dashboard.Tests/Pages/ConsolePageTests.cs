using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Pages;

public sealed class ConsolePageTests(DashboardFixture fixture)
{
    [Fact]
    public async Task Lines_HostileOutput_IsShownAsTextAndDoesNothing()
    {
        var page = await fixture.OpenAsync("/consolelogs?resource=noisy");
        var console = page.GetByTestId("console");
        await Expect(console).ToContainTextAsync("the end of it", new() { Timeout = 30_000 });

        await Expect(console).ToContainTextAsync("<script>document.title=\"owned\"</script><img src=x onerror");
        (await console.Locator("script, img").CountAsync()).ShouldBe(0);
        (await page.TitleAsync()).ShouldNotContain("owned");
        var red = console.Locator("span.ansi-31");
        await Expect(red).ToHaveTextAsync("red alert");
        await Expect(console).ToContainTextAsync("red alert after cleared");
        await Expect(console).ToContainTextAsync("user\\u202etxt.exe\\u2066 end");
        await Expect(console).ToContainTextAsync("nul␀inside");
        await Expect(console).ToContainTextAsync("broken \ufffd\ufffd bytes");
        (await console.InnerTextAsync()).Length.ShouldBeLessThan(20_000, "of a line of a million characters the beginning is enough");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Lines_Search_ShowsThoseThatMatchAndTheDownloadIsPlainText()
    {
        var page = await fixture.OpenAsync("/consolelogs?resource=noisy&text=RED ALERT");
        var console = page.GetByTestId("console");
        await Expect(console).ToContainTextAsync("red alert");
        await Expect(console).Not.ToContainTextAsync("the end of it");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download").ClickAsync());
        download.SuggestedFilename.ShouldStartWith("noisy-");
        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        text.ShouldContain("red alert after cleared");
        text.ShouldNotContain("\u001b");
        await page.Context.CloseAsync();
    }
}
