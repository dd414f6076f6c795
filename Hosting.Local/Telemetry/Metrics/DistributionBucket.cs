using System.Runtime.InteropServices;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>Measurements that are above <paramref name="Lower"/> and at most <paramref name="Upper"/>; the outermost bounds may be infinite.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DistributionBucket(double Lower, double Upper, ulong Count);
