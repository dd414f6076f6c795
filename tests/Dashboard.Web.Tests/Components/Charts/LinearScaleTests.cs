using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Charts;

public sealed class LinearScaleTests
{
    [Theory]
    [InlineData(0, 270)]
    [InlineData(100, 20)]
    [InlineData(25, 207.5)] // A quarter of the 250 up from 270.
    public void Map_UpwardsAxis_TurnsValuesUpsideDown(double value, double expected) =>
        new LinearScale(0, 100, 270, 20).Map(value).ShouldBe(expected, 1e-9);

    [Fact]
    public void Map_DomainOfOneValue_IsTheMiddle() => new LinearScale(5, 5, 0, 10).Map(5).ShouldBe(5);
}
