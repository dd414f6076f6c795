namespace Dunnhumby.Benchmarks.Results;

/// <summary>What the figures were measured on.</summary>
internal sealed record MachineFacts(
    string Processor, int Cores, long MemoryBytes, string Kernel, string DotNet, string Postgres, string DuckDb);
