using System.Runtime.InteropServices;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>What was counted of an upload so far.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunningCounts(long Bytes, long? TotalBytes, long Read, long Quarantined);
