using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Charts;

public sealed class MonthStartsTests
{
    [Fact]
    public void Between_ShortRange_NamesEveryMonthThatStartsInIt()
    {
        var months = MonthStarts.Between(new DateOnly(2004, 11, 2), new DateOnly(2005, 2, 1), most: 14);

        months.Select(month => month.Label).ShouldBe(["Dec 2004", "Jan 2005", "Feb"]);
        months[0].Date.ShouldBe(new DateOnly(2004, 12, 1));
    }

    [Fact]
    public void Between_TwentyMonths_NamesEverySecond()
    {
        // July 2004 to February 2006 are 20 month starts: every second from January on are 10.
        var months = MonthStarts.Between(new DateOnly(2004, 7, 1), new DateOnly(2006, 2, 28), most: 14);

        months.Select(month => month.Label).ShouldBe(["Jul 2004", "Sep", "Nov", "Jan 2005", "Mar", "May", "Jul", "Sep", "Nov", "Jan 2006"]);
    }
}
