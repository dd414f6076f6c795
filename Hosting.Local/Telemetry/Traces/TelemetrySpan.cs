using System.Globalization;
using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>One span. Immutable.</summary>
public sealed class TelemetrySpan
{
    internal TelemetrySpan()
    {
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>16 lower-case hexadecimal digits; null for a root.</summary>
    public string? ParentSpanId { get; init; }

    public required string Name { get; init; }

    public required TelemetrySpanKind Kind { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Never before <see cref="Start"/>.</summary>
    public required DateTimeOffset End { get; init; }

    public TimeSpan Duration => End - Start;

    public required TelemetrySpanStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public string? TraceState { get; init; }

    public required TelemetryAttributes Attributes { get; init; }

    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    /// <summary>How many events are missing: dropped by the sender, or over <see cref="TelemetryLimits.EventsPerSpan"/>.</summary>
    public int DroppedEvents { get; init; }

    /// <summary>How many links are missing: dropped by the sender, or over <see cref="TelemetryLimits.LinksPerSpan"/>.</summary>
    public int DroppedLinks { get; init; }

    public required TelemetryResource Resource { get; init; }

    /// <summary>Its name is the activity source's or tracer's.</summary>
    public required TelemetryScope Scope { get; init; }

    public required SpanTypes Type { get; init; }

    public bool IsError => Status == TelemetrySpanStatus.Error;

    /// <summary>UTF-16 characters held by the span's texts.</summary>
    internal int TextLength => Name.Length + (StatusMessage?.Length ?? 0) + Attributes.TextLength + Events.Sum(item => item.Name.Length + item.Attributes.TextLength) + Links.Sum(link => link.Attributes.TextLength);

    /// <summary>The value of one of <see cref="FilterFields.OfSpans"/>, of an attribute, or of an attribute of the resource; null when absent.</summary>
    public string? Field(string name) => name switch
    {
        FilterFields.Text => Name,
        FilterFields.Scope => Scope.Name,
        FilterFields.Resource => Resource.Id,
        FilterFields.Status => Status.ToString(),
        FilterFields.Kind => Kind.ToString(),
        FilterFields.Duration => Duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        FilterFields.TraceId => TraceId,
        FilterFields.SpanId => SpanId,
        _ => Attributes.Find(name) ?? Resource.Attributes.Find(name),
    };
}
