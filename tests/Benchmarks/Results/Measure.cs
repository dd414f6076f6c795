using Dunnhumby.Benchmarks.Measuring;

namespace Dunnhumby.Benchmarks.Results;

/// <summary>One side's measured runs.</summary>
/// <param name="Name">Who did the work.</param>
/// <param name="Unit">Of the values: s, or requests/s.</param>
/// <param name="Includes">What a value covers.</param>
/// <param name="LeavesOut">What it does not cover.</param>
/// <param name="Values">In the order measured.</param>
/// <param name="PeakBytes">Largest resident size of the process during any run; null where it was not looked at.</param>
/// <param name="Rows">Rows that one run works through; null where that says nothing.</param>
internal sealed record Measure(string Name, string Unit, string Includes, string LeavesOut, IReadOnlyList<double> Values, long? PeakBytes = null, long? Rows = null)
{
    internal const string Seconds = "s";
    internal const string RequestsPerSecond = "requests/s";

    public double Median => Statistics.Median(Values);

    public double Min => Values.Min();

    public double Max => Values.Max();
}
