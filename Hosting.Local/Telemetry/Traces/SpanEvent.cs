using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>Something that happened during a span.</summary>
public sealed record SpanEvent(DateTimeOffset Time, string Name, TelemetryAttributes Attributes)
{
    /// <summary>What the <c>exception.*</c> attributes say; null when there are none.</summary>
    public ExceptionDetails? Exception => ExceptionDetails.From(Attributes);
}
