using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>A span, usually of another trace, that this span continues or answers. It need not have arrived.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="SpanId">16 hexadecimal digits.</param>
public sealed record SpanLink(string TraceId, string SpanId, TelemetryAttributes Attributes);
