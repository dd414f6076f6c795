using Dunnhumby.Dashboard.Web.Overview;

namespace Dunnhumby.Dashboard.Web.Tests.Overview;

public sealed class WeekdayProfileTests
{
    [Fact]
    public void Of_ShutDays_DoNotCount()
    {
        var saturday = new DateOnly(2004, 12, 18);

        var profile = WeekdayProfile.Of([new(271, saturday, 30m), new(278, saturday.AddDays(7), 0m), new(285, saturday.AddDays(14), 10m), new(286, saturday.AddDays(15), 7m)]);

        profile.Count.ShouldBe(7);
        profile[0].ShouldBe(new WeekdayAverage(DayOfWeek.Monday, 0m, 0));
        profile[5].ShouldBe(new WeekdayAverage(DayOfWeek.Saturday, 20m, 2)); // (30 + 10) / 2, Christmas left out.
        profile[6].ShouldBe(new WeekdayAverage(DayOfWeek.Sunday, 7m, 1));
    }
}
