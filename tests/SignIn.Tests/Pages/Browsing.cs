using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.SignIn.Provider;
using Dunnhumby.SignIn.Tests.Pages;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Dunnhumby.SignIn.Tests.Pages;

/// <summary>One Chromium for all tests; each opens contexts of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private Chromium _chromium = null!; // Set before any test.

    public async ValueTask InitializeAsync() => _chromium = await Chromium.StartAsync();

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();

    internal Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light) => _chromium.OpenAsync(address, scheme);
}

internal static class Browsing
{
    internal static ILocator ById(this IPage page, string id) => page.GetByTestId(id);

    /// <summary>Fills in the provider's form, on which the page is.</summary>
    internal static async Task SignInAsync(this IPage page, Person person)
    {
        await page.GetByLabel("User name").FillAsync(person.UserName);
        await page.GetByLabel("Password").FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Signs in and waits until the page that follows is connected: until then it is only a picture of itself.</summary>
    internal static async Task SignInToLivePageAsync(this IPage page, Person person)
    {
        var hub = page.WaitForWebSocketAsync(new PageWaitForWebSocketOptions { Timeout = 60_000 });
        await page.SignInAsync(person);
        await hub;
    }
}
