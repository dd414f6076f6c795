using Dunnhumby.Benchmarks.CommandLine;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Tests;

public sealed class BenchmarkArgumentsTests
{
    [Fact]
    public void Parse_NoName_ChoosesAll() => BenchmarkArguments.Parse([]).Arguments.ShouldNotBeNull().Scenarios.ShouldBe(BenchmarkArguments.AllScenarios);

    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        var (arguments, error) = BenchmarkArguments.Parse(["s3", "S1", "--scale", "0.3", "--runs", "7", "--seed", "9", "--out", "there", "--strict", "--growth"]);
        error.ShouldBeNull();
        arguments.ShouldNotBeNull();
        arguments.Scenarios.ShouldBe(["S1", "S3"]);
        arguments.Settings.ShouldBe(new BenchmarkSettings(0.3, 7, 9));
        (arguments.Out, arguments.Strict, arguments.Growth).ShouldBe(("there", true, true));
    }

    [Theory]
    [InlineData("--runs 0 is not understood.", "--runs", "0")]
    [InlineData("--scale x is not understood.", "--scale", "x")]
    [InlineData("S10 needs a value, or is unknown.", "S10")]
    public void Parse_Misunderstood_SaysWhat(string expected, params string[] args) => BenchmarkArguments.Parse(args).Error.ShouldBe(expected);
}
