using System.Globalization;
using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.EndToEnd.Tests.Journeys;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.SampleData;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.TestSupport;
using Microsoft.Playwright;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>A user without files: one click fills the pages, and so does a command of a resource or an argument.</summary>
public sealed class SampleDataTests
{
    private const string AllKnown = "8 files are loaded, 8 of them were before.";

    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(90);
    private static readonly JourneyOptions Generated = new() { Scale = 0.02 };

    [Fact]
    public async Task SampleData_ByClickThenByCommandAndByArgument_FillsThePagesAndChangesNothingMore()
    {
        using var data = new DataDirectory();
        await using (var stack = await Stack.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            await ByClickAsync(stack, client);
            await ByCommandAsync(stack);
            await RebuildAsync(stack, client);
        }

        await ByArgumentAsync(data);
    }

    private static async Task ByClickAsync(Stack stack, StackClient client)
    {
        await using var chromium = await Chromium.StartAsync();
        var overview = await chromium.OpenAsync(stack.Pages);
        var watching = await chromium.OpenAsync(new Uri(stack.Pages, "/households"));
        await overview.GetByTestId("sample-start").ClickAsync();

        // Another reader's empty page watches the same run, and both fill by themselves.
        var limit = new LocatorWaitForOptions { Timeout = (float)PublishLimit.TotalMilliseconds };
        await overview.GetByTestId("figure-sales").WaitForAsync(limit);
        await watching.GetByTestId("households").First.WaitForAsync(limit);

        var expected = await ExpectedAsync();
        var version = await client.WholeVersionOfAsync(Enumerable.Range(1, expected.Count).Select(id => (long)id), PublishLimit);
        version.Loads.Select(load => (load.Dataset, load.Loaded)).ShouldBe(expected, ignoreOrder: true);

        // The page shows the version of all files, without having been asked to refresh.
        var households = await client.TableAsync("household_summary");
        var total = Array.IndexOf(households[0], "total_sales");
        var sales = households.Skip(1).Sum(row => decimal.Parse(row[total], CultureInfo.InvariantCulture));
        sales.ShouldBeGreaterThan(100_000m);
        await Assertions.Expect(overview.GetByTestId("figure-sales")).ToHaveTextAsync(Journey.Money(sales));
        await Assertions.Expect(overview.GetByTestId("figure-households")).ToHaveTextAsync(Journey.Count(households.Count - 1));
        await Assertions.Expect(overview.GetByTestId("figure-campaigns")).ToHaveTextAsync("30");
    }

    /// <summary>Generated here by the library: what must have been loaded. Coupons are a set, whose repeats count once.</summary>
    private static async Task<IReadOnlyList<(string Dataset, long Rows)>> ExpectedAsync()
    {
        var journey = JourneyGenerator.Create(Generated);
        var expected = new List<(string, long)>();
        foreach (var dataset in DatasetNames.All)
        {
            using var csv = new MemoryStream();
            var written = await journey.WriteCsvAsync(dataset, csv, cancellationToken: TestContext.Current.CancellationToken);
            var lines = Encoding.UTF8.GetString(csv.GetBuffer(), 0, (int)csv.Length).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            expected.Add((dataset, dataset is DatasetNames.Coupons ? lines.Distinct(StringComparer.Ordinal).Count() - 1 : written.Rows));
        }

        return expected;
    }

    /// <summary>The resource sends all files through the door; the service knows the content of each from the click.</summary>
    private static async Task ByCommandAsync(Stack stack)
    {
        await stack.CommandAsync("ingestion", "load-sample-data");
        await stack.WaitForLineAsync("sample-data", AllKnown, PublishLimit);
    }

    /// <summary>A run over everything that was loaded publishes the same again, as a new version.</summary>
    private static async Task RebuildAsync(Stack stack, StackClient client)
    {
        var before = await client.VersionAsync();
        await stack.CommandAsync("transform", "rebuild-insights");
        var after = await Eventually.GetAsync(client.VersionAsync, version => version.Version > before.Version, PublishLimit, what: "a new version");
        after.Loads.ShouldBe(before.Loads);
    }

    private static async Task ByArgumentAsync(DataDirectory data)
    {
        await using var stack = await Stack.StartAsync(data.Path, "--sample");
        await stack.WaitForLineAsync("sample-data", AllKnown, PublishLimit);
    }
}
