using System.Net;
using Dunnhumby.SignIn.Provider;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.SignIn.Tests.Pages;

/// <summary>What each role sees and does not see.</summary>
public sealed class RoleTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(nameof(Person.Loader))]
    [InlineData(nameof(Person.Admin))]
    public async Task Loads_WhoMayLoad_SeesTheControlsAndWhoLoaded(string role)
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/loads"));
        await page.SignInAsync(role is nameof(Person.Loader) ? Person.Loader : Person.Admin);

        await Expect(page.ById("upload-panel")).ToBeVisibleAsync();
        await Expect(page.ById("load-1")).ToContainTextAsync("Leo Loader");
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Lake" })).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(host.Address, "/loads/1").ToString());
        await Expect(page.ById("withdraw")).ToBeVisibleAsync();
        await Expect(page.ById("mend")).ToBeVisibleAsync();
        await Expect(page.ById("load-by")).ToHaveTextAsync("Leo Loader");
    }

    [Fact]
    public async Task Pages_Reader_SeesNeitherControlsNorTheirPages()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInAsync(Person.Reader);

        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        var nav = page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Pages" });
        await Expect(nav.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Runs" })).ToBeVisibleAsync();
        await Expect(nav.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Loads" })).ToHaveCountAsync(0);
        await Expect(nav.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Lake" })).ToHaveCountAsync(0);
        foreach (var path in (string[])["/loads", "/loads/1", "/loads/1/quarantine", "/lake"])
        {
            var answer = await page.GotoAsync(new Uri(host.Address, path).ToString());
            answer.ShouldNotBeNull().Status.ShouldBe((int)HttpStatusCode.Forbidden, path);
            await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Your account may not see this page" })).ToBeVisibleAsync();
        }

        // Nothing is published: who may load is offered sample data, a reader is told whom to ask.
        await page.GotoAsync(host.Address.ToString());
        await Expect(page.ById("empty-reader")).ToBeVisibleAsync();
        await Expect(page.ById("sample-start")).ToHaveCountAsync(0);
    }

    /// <summary>A forged request goes past the pages: with the reader's own token the service refuses it.</summary>
    [Fact]
    public async Task Service_ReadersToken_MayNotDoWhatTheControlsDo()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInAsync(Person.Reader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        var token = host.Service.Tokens.Last(one => one.Contains('.'));

        (await host.Service.GetAsync("/read", token)).Body.ShouldBe("Rita Reader <5e1f-reader>");
        (await host.Service.GetAsync("/ingest", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Service.GetAsync("/loads", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Pages_NoRole_IsOnePlainPageToSignOutFrom()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(host.Address);
        await page.SignInAsync(Person.Nobody);

        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Your account may not see this page" })).ToBeVisibleAsync();
        await page.ById("sign-out").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are signed out" })).ToBeVisibleAsync();
    }

    /// <summary>The name and the way out fit in both themes, also on the narrowest screens.</summary>
    [Theory]
    [InlineData(ColorScheme.Light, 1_280)]
    [InlineData(ColorScheme.Dark, 1_280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task Layout_SignedIn_HasNameAndSignOutWithinTheScreen(ColorScheme scheme, int width)
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"), scheme);
        await page.SetViewportSizeAsync(width, 800);
        await page.SignInAsync(Person.Admin);

        await Expect(page.ById("sign-out")).ToBeVisibleAsync();
        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        foreach (var part in (ILocator[])[page.ById("sign-out"), page.ById("account").Locator(".who")])
        {
            await Expect(part).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        }

        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"runs-{scheme}-{width}.png") });
        }
    }
}
