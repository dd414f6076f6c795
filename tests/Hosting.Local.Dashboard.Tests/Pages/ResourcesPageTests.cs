using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Pages;

public sealed class ResourcesPageTests(DashboardFixture fixture)
{
    [Fact]
    public async Task Table_StopThenStart_ShowsEachStateAndTheProcessIsGoneAndBack()
    {
        var page = await fixture.OpenAsync("/");
        var web = page.Locator("tr[data-resource=web]");
        await Expect(web).ToContainTextAsync("Healthy", Patiently);
        var address = new Uri(await web.Locator("a[target=_blank]").GetAttributeAsync("href") ?? string.Empty);
        (await AnswersAsync(address)).ShouldBeTrue();

        await web.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Stop web", Exact = true }).ClickAsync();
        await Expect(web).ToContainTextAsync("Finished", Patiently);
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("Stop of web: done.");
        (await AnswersAsync(address)).ShouldBeFalse();

        await web.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Start web", Exact = true }).ClickAsync();
        await Expect(web).ToContainTextAsync("Healthy", Patiently);
        (await AnswersAsync(address)).ShouldBeTrue();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Table_CommandWithAQuestion_AsksThenShowsItsOutcome()
    {
        var page = await fixture.OpenAsync("/");
        var web = page.Locator("tr[data-resource=web]");
        await web.Locator("summary").ClickAsync();
        await web.GetByText("Greet").ClickAsync();
        await Expect(page.GetByText("Greet now?")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Yes" }).ClickAsync();

        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("Greet of web failed: nobody there");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Details_Environment_IsMaskedUntilAsked()
    {
        var page = await fixture.OpenAsync("/?resource=web");
        var details = page.GetByTestId("details");
        await Expect(details).ToContainTextAsync("GET / on http: 200");
        await Expect(details).ToContainTextAsync("SECRET_WORD");
        (await page.ContentAsync()).ShouldNotContain(DashboardFixture.SecretText);

        await details.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show the value of SECRET_WORD" }).ClickAsync();
        await Expect(details).ToContainTextAsync(DashboardFixture.SecretText);
        await page.Keyboard.PressAsync("Escape");
        await Expect(details).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private static LocatorAssertionsToContainTextOptions Patiently => new() { Timeout = 30_000 };

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var client = new HttpClient();
        try
        {
            return string.Equals(await client.GetStringAsync(address, TestContext.Current.CancellationToken), "ok", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
