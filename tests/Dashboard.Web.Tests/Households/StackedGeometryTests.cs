using Dunnhumby.Dashboard.Web.Components.Charts;
using Dunnhumby.Dashboard.Web.Households;

namespace Dunnhumby.Dashboard.Web.Tests.Households;

public sealed class StackedGeometryTests
{
    // 100 wide, 50 per bin and 100 high.
    private static readonly Plot Plot = new(120, 120, 10, 10, 110, 110);

    private static readonly SpendBin[] Bins = [new(new DateOnly(2004, 7, 1), [60m, 40m, 7m]), new(new DateOnly(2004, 8, 1), [0m, 50m, 7m])];

    [Fact]
    public void Layers_TwoSections_StandOnEachOther()
    {
        var geometry = new StackedGeometry(Bins, [1, 0], BinWidth.Month, Plot);

        // A bin's column leaves 9 % of its 50 free on both sides: it starts at 14.5 and 64.5 and is 41 wide. 40 is 40 high from 110 up; 60 stands on it.
        geometry.Layers[1].ShouldBe("M14.5 70h41v40h-41zM64.5 60h41v50h-41z");
        geometry.Layers[0].ShouldBe("M14.5 10h41v60h-41z");
        geometry.Layers.ContainsKey(2).ShouldBeFalse();
    }

    [Fact]
    public void YTicks_SectionSwitchedOff_FitWhatIsShown() =>
        new StackedGeometry(Bins, [2], BinWidth.Month, Plot).YTicks[^1].Label.ShouldBe("$8"); // 7 in steps of 2.

    [Fact]
    public void XTicks_Months_StandAtTheirBins() =>
        new StackedGeometry(Bins, [0], BinWidth.Month, Plot).XTicks.ShouldBe([new Tick(10, "Jul 2004"), new Tick(60, "Aug")]);
}
