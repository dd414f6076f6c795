using Dunnhumby.Benchmarks.Measuring;

namespace Dunnhumby.Benchmarks.Tests;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(3.0, 5.0, 1.0, 3.0)]
    [InlineData(2.5, 4.0, 1.0, 3.0, 2.0)]
    public void Median_AnyOrder_IsTheMiddle(double expected, params double[] values) => Statistics.Median(values).ShouldBe(expected);

    [Fact]
    public void Percentile_OfTwenty_IsTheNearestRank()
    {
        // 95 % of 20 values are 19: the 19th smallest.
        var values = Enumerable.Range(1, 20).Select(value => (double)value).Reverse().ToList();
        Statistics.Percentile(values, 0.95).ShouldBe(19);
        Statistics.Percentile(values, 1).ShouldBe(20);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(0.5)]
    public void Exponent_OfAPowerLaw_IsItsPower(double power)
    {
        var points = new[] { 0.1, 0.3, 1.0 }.Select(x => (x, 7 * Math.Pow(x, power))).ToList();
        Statistics.Exponent(points).ShouldBe(power, 1e-9);
    }
}
