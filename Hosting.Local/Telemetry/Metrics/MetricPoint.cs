using System.Runtime.InteropServices;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>A value of a stream, and how long it stayed the same.</summary>
/// <param name="From">When it was first sent.</param>
/// <param name="Until">When it was last sent.</param>
/// <param name="Value">Of a gauge or a sum. Integers above 2^53 lose their last digits.</param>
/// <param name="Distribution">Of a histogram or a summary; null otherwise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MetricPoint(DateTime From, DateTime Until, double Value, Distribution? Distribution);
