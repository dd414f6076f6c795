namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiTraceResource(string Id, string Name, int Spans, int Errors);
