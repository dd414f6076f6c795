using System.Text.RegularExpressions;
using Bunit;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Campaigns;
using Dunnhumby.Dashboard.Web.Overview;
using Dunnhumby.Dashboard.Web.Tests.Stubs;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Dashboard.Web.Tests.Components;

/// <summary>The package's icons, which would bring a font of a megabyte if one of them were left to it.</summary>
public sealed partial class IconTests : PageContext
{
    [Fact]
    public void Icons_OfEveryTable_AreDrawnByOurOwnSheet()
    {
        AnswerVersion(7);
        var days = Enumerable.Range(101, 30).Select(day => new StoreDay(day, Sample.Date(day), 10m, 1, 1, 1)).ToArray();
        Insights.Answer("/sales/daily", days, "\"7\"");
        Insights.Answer("/campaigns", new[] { Sample.Campaign(9) }, "\"7\"");
        var overview = Render<OverviewPage>();
        overview.WaitForElement("[data-testid=figures]");
        var campaigns = Render<CampaignsPage>();
        campaigns.WaitForElement("[data-testid=campaigns]");

        var icons = Icon().Matches(overview.Markup + campaigns.Markup).Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();

        icons.Contains("rzi-sort", StringComparer.Ordinal).ShouldBeTrue();
        var sheet = File.ReadAllText(Path.Combine(Repository.Root, "Dashboard.Web", "wwwroot", "app.css"));
        // rzi-grid-sort only gives the place; the icon is rzi-sort beside it.
        icons.Where(icon => icon is not "rzi-grid-sort").ShouldAllBe(icon => sheet.Contains($".{icon}::before", StringComparison.Ordinal));
        sheet.ShouldContain("--rz-icon-font-family: \"Inter\"");
    }

    [GeneratedRegex(@"rzi-[a-z-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Icon();
}
