using Dunnhumby.Benchmarks.Measuring;

namespace Dunnhumby.Benchmarks.Results;

/// <summary>How the time of one side grows with the rows.</summary>
/// <param name="Id">The row of the speed table.</param>
/// <param name="Name">The side.</param>
/// <param name="Points">Ascending by rows.</param>
internal sealed record GrowthResult(string Id, string Name, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>k of time ≈ c · rows^k by least squares over the logarithms: 1 is linear; null with fewer than two points.</summary>
    public double? Exponent => Points.Count < 2 ? null : Statistics.Exponent([.. Points.Select(point => ((double)point.Rows, point.Seconds))]);
}
