using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>A resource's part in a trace.</summary>
/// <param name="Spans">Its spans in the trace.</param>
/// <param name="Errors">Those of them whose status is an error.</param>
public sealed record TraceResource(TelemetryResource Resource, int Spans, int Errors);
