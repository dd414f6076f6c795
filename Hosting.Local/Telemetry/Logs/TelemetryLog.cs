using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Logs;

/// <summary>One log record. Immutable.</summary>
public sealed class TelemetryLog
{
    internal TelemetryLog()
    {
    }

    /// <summary>Unique among logs and rising in the order of arrival: the key of a row and of a link.</summary>
    public long Sequence { get; internal set; }

    /// <summary>When it happened; when that was not sent, when the sender saw it, or it arrived.</summary>
    public required DateTimeOffset Time { get; init; }

    public required TelemetrySeverity Severity { get; init; }

    /// <summary>The sender's own word for the severity; may be empty.</summary>
    public required string SeverityText { get; init; }

    /// <summary>The body as text: the formatted message when the sender formats.</summary>
    public required string Message { get; init; }

    /// <summary>The template of the message, when the sender says.</summary>
    public string? OriginalFormat => Attributes.Find("{OriginalFormat}");

    public required TelemetryAttributes Attributes { get; init; }

    /// <summary>32 hexadecimal digits, or null.</summary>
    public string? TraceId { get; init; }

    /// <summary>16 hexadecimal digits, or null.</summary>
    public string? SpanId { get; init; }

    public string? EventName { get; init; }

    public required TelemetryResource Resource { get; init; }

    /// <summary>Its name is the logger's category.</summary>
    public required TelemetryScope Scope { get; init; }

    /// <summary>What the <c>exception.*</c> attributes say; null when there are none.</summary>
    public ExceptionDetails? Exception => ExceptionDetails.From(Attributes);

    public bool IsError => Severity >= TelemetrySeverity.Error;

    internal int TextLength => Message.Length + Attributes.TextLength;

    /// <summary>The value of one of <see cref="FilterFields.OfLogs"/>, of an attribute, or of an attribute of the resource; null when absent.</summary>
    public string? Field(string name) => name switch
    {
        FilterFields.Text => Message,
        FilterFields.Scope => Scope.Name,
        FilterFields.Resource => Resource.Id,
        FilterFields.Status => Severity.ToString(),
        FilterFields.TraceId => TraceId,
        FilterFields.SpanId => SpanId,
        _ => Attributes.Find(name) ?? Resource.Attributes.Find(name),
    };
}
