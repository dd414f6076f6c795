namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiSpanLink(string TraceId, string SpanId);
