using Deque.AxeCore.Playwright;
using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Pages;

/// <summary>The pages of resources and consoles, by axe and by keyboard; those of telemetry have their own.</summary>
public sealed class AccessibilityTests(DashboardFixture fixture)
{
    public static TheoryData<string, string, ColorScheme> Pages()
    {
        TheoryData<string, string, ColorScheme> pages = [];
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            pages.Add("/", "tr[data-resource=web]", scheme);
            pages.Add("/?resource=web", "[data-testid=details]", scheme);
            pages.Add("/?view=graph", "svg [role=button]", scheme);
            pages.Add("/?view=parameters", "td.value", scheme);
            pages.Add("/consolelogs?resource=noisy", "text=the end of it", scheme);
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_WithItsData_HasNoSeriousFault(string path, string data, ColorScheme scheme)
    {
        var page = await fixture.OpenAsync(path, scheme);
        await page.Locator(data).First.WaitForAsync();
        await Expect(page).Not.ToHaveTitleAsync("");

        (await page.RunAxe()).Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})")
            .ShouldBeEmpty($"{path}, {scheme}");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("c", "/consolelogs")]
    [InlineData("s", "/structuredlogs")]
    [InlineData("t", "/traces")]
    [InlineData("m", "/metrics")]
    public async Task Key_OfAPage_LeadsThereAndRBack(string key, string path)
    {
        var page = await fixture.OpenAsync("/");
        await page.Locator("tr[data-resource=web]").WaitForAsync();

        await page.Keyboard.PressAsync(key);
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath.StartsWith(path, StringComparison.Ordinal));
        await page.Keyboard.PressAsync("r");
        await page.Locator("tr[data-resource=web]").WaitForAsync();

        new Uri(page.Url).AbsolutePath.ShouldBe("/");
        await page.Context.CloseAsync();
    }
}
