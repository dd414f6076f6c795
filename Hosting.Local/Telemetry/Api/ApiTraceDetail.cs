namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <param name="Spans">Depth first, siblings by start.</param>
internal sealed record ApiTraceDetail(ApiTrace Trace, IReadOnlyList<ApiSpan> Spans);
