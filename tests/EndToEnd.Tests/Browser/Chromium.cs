using Dunnhumby.TestSupport.Servers;
using Microsoft.Playwright;

namespace Dunnhumby.EndToEnd.Tests.Browser;

/// <summary>Headless Chromium of the distribution (installed when it is missing and that is possible), driven by Playwright.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Advice = "Install Chromium (on Debian: apt-get install chromium), or name its program in CHROMIUM.";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    /// <summary>How long a page may take on a machine that is busy with other tests.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    internal static async Task<Chromium> StartAsync()
    {
        if (Program() is null)
        {
            await DebianPackage.InstallAsync("chromium");
        }

        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program() ?? throw new InvalidOperationException(Advice),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A page in a context of its own, in the light or the dark colour scheme.</summary>
    internal async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = 1400, Height = 1000 },
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await page.GotoAsync(address.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Program() => Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
}
