using System.Diagnostics;
using System.Globalization;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Microsoft.Playwright;

namespace Dunnhumby.Benchmarks.Pages;

/// <summary>S7: each page of the dashboard over the whole panel in Chromium, from the navigation until its main data are visible.</summary>
internal sealed class PageLoads : IScenario
{
    private const double Bar = 1.0;

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    public string Id => "S7";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var stack = (await workbench.FullStackAsync(scale, cancellationToken)).Stack;
        var household = await stack.QueryAsync("select household_key from insights.household_summary order by total_sales desc limit 1", cancellationToken);
        var campaign = await stack.QueryAsync("select campaign from insights.campaign_summary order by listed_products desc limit 1", cancellationToken);
        var largest = await stack.QueryAsync("select id from catalog.loads order by loaded desc limit 1", cancellationToken);
        (string Path, string Data)[] pages =
        [
            ("/", "[data-testid=figures]"),
            ("/households", "[data-testid=households] tbody tr"),
            (string.Create(CultureInfo.InvariantCulture, $"/households/{household}"), "[data-testid=spend-by-section] svg"),
            ("/stores", "[data-testid=store-figures]"),
            ("/campaigns", "[data-testid=campaigns] tbody tr"),
            (string.Create(CultureInfo.InvariantCulture, $"/campaigns/{campaign}"), "[data-testid=campaign-sales] svg"),
            ("/loads", "[data-testid=loads] tbody tr"),
            (string.Create(CultureInfo.InvariantCulture, $"/loads/{largest}"), "[data-testid=load-figures]"),
            ("/runs", "[data-testid=runs] tbody tr"),
            ("/orphans", "[data-testid=orphans] tbody tr"),
            ("/lake", "[data-testid=lake-tables] tbody tr"),
        ];
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Programs.FirstOrDefault(File.Exists),
            Args = Arguments,
        });
        var context = await browser.NewContextAsync();
        List<Measure> sides = [];
        foreach (var (path, data) in pages)
        {
            var values = await MeasureAsync(context, new Uri(stack.Dashboard.Address, path), data, workbench.Settings.Runs);
            sides.Add(new Measure(path, Measure.Seconds, $"navigation in a new tab until {data} is visible", "starting the browser; static files are cached, the service has answered before", values));
            await Console.Out.WriteAsync('.');
        }

        await Console.Out.WriteLineAsync();
        return new ScenarioResult(
            Id,
            "dashboard pages over the full panel, warm, in Chromium",
            sides,
            [.. sides.Select(side => Verdict.AtMost($"{side.Name} usable", side.Median, Bar, Verdict.Seconds))],
            ["A page is usable when its main data are visible: figures, table rows or chart, not a placeholder."],
            [load, LoadAverage.Read()[0]]);
    }

    private static async Task<List<double>> MeasureAsync(IBrowserContext context, Uri address, string data, int runs)
    {
        List<double> values = [];
        for (var run = -1; run < runs; run++)
        {
            var page = await context.NewPageAsync();
            var started = Stopwatch.GetTimestamp();
            await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            await page.Locator(data).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Visible });
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await page.CloseAsync();
            if (run >= 0)
            {
                values.Add(seconds);
            }
        }

        return values;
    }
}
