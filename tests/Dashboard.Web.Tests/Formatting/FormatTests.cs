using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Tests.Formatting;

public sealed class FormatTests
{
    [Fact]
    public void Money_Amounts_HaveSignSeparatorsAndCents()
    {
        Format.Money(1_234.56m).ShouldBe("$1,234.56");
        Format.Money(-0.5m).ShouldBe("−$0.50");
        Format.Money((decimal?)null).ShouldBe("–");
    }

    [Theory]
    [InlineData(1_235, "$1,235")]
    [InlineData(999_999, "$999,999")]
    [InlineData(2_500_000, "$2.5M")]
    [InlineData(-20_000_000_000, "−$20B")]
    [InlineData(10_000_000_000_000_000, "$10,000T")]
    public void Axis_AnyAmount_IsShort(long dollars, string expected) => Format.Axis(dollars).ShouldBe(expected);

    [Fact]
    public void Day_Christmas_ShowsWeekdayDateAndNumber() => Format.Day(278, new DateOnly(2004, 12, 25)).ShouldBe("Sat 2004-12-25 · DAY 278");

    [Theory]
    [InlineData(-2, "just now")] // Clocks differ a little between machines.
    [InlineData(59, "59 seconds ago")]
    [InlineData(60, "1 minute ago")]
    [InlineData(190, "3 minutes ago")]
    [InlineData(7_200, "2 hours ago")]
    [InlineData(172_800, "2 days ago")]
    public void Ago_Seconds_IsSaidInWords(int seconds, string expected) => Format.Ago(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(812, "812 B")]
    [InlineData(1_400_000, "1.4 MB")]
    [InlineData(2_500_000_000, "2.50 GB")]
    public void Bytes_Sizes_HaveDecimalUnits(long bytes, string expected) => Format.Bytes(bytes).ShouldBe(expected);
}
