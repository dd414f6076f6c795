namespace Dunnhumby.Benchmarks.Results;

/// <summary>What was measured on.</summary>
/// <param name="Scale">Size of the generated panel; 1 is the full one.</param>
/// <param name="Runs">Measured runs of each side, after a warm-up.</param>
/// <param name="Seed">Of the generated panel.</param>
internal sealed record BenchmarkSettings(double Scale, int Runs, ulong Seed);
