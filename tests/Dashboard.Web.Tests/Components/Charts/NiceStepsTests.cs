using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Charts;

public sealed class NiceStepsTests
{
    // Expected by hand: the smallest step of 1, 2, 2.5, 5 × 10^n of which five reach the maximum.
    [Theory]
    [InlineData(7_015.04, new double[] { 0, 2_000, 4_000, 6_000, 8_000 })]
    [InlineData(100, new double[] { 0, 20, 40, 60, 80, 100 })]
    [InlineData(0.9, new double[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(11, new double[] { 0, 2.5, 5, 7.5, 10, 12.5 })]
    [InlineData(0, new double[] { 0, 1 })]
    public void UpTo_Maximum_GivesRoundStepsThatReachIt(double max, double[] expected)
    {
        var steps = NiceSteps.UpTo(max, 5);

        steps.Count.ShouldBe(expected.Length);
        steps.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }
}
