namespace Dunnhumby.Benchmarks.Results;

/// <summary>The median time at one scale.</summary>
internal sealed record GrowthPoint(double Scale, long Rows, double Seconds);
