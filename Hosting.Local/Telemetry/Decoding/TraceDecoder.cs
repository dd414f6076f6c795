using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Resources;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Reads spans; those without valid ids are rejected.</summary>
internal sealed class TraceDecoder(AttributeDecoder attributes, ScopeDecoder scopes, IOptions<TelemetryLimits> limits)
{
    public IReadOnlyList<TelemetrySpan> Decode(ExportTraceServiceRequest request, Rejections rejections)
    {
        List<TelemetrySpan> spans = [];
        foreach (var fromResource in request.ResourceSpans)
        {
            var resource = scopes.Resource(fromResource.Resource);
            foreach (var fromScope in fromResource.ScopeSpans)
            {
                var scope = scopes.Scope(fromScope.Scope);
                foreach (var span in fromScope.Spans)
                {
                    if (Decode(span, resource, scope) is { } decoded)
                    {
                        spans.Add(decoded);
                    }
                    else
                    {
                        rejections.Add("A span has a trace id of 16 bytes and a span id of 8 bytes, neither all zeros.");
                    }
                }
            }
        }

        return spans;
    }

    private TelemetrySpan? Decode(Span span, TelemetryResource resource, TelemetryScope scope)
    {
        if (OtlpId.Trace(span.TraceId) is not { } traceId || OtlpId.Span(span.SpanId) is not { } spanId)
        {
            return null;
        }

        var start = OtlpTime.Of(span.StartTimeUnixNano);
        var end = OtlpTime.Of(span.EndTimeUnixNano);
        var decoded = attributes.Decode(span.Attributes, span.DroppedAttributesCount);
        return new TelemetrySpan
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = OtlpId.Span(span.ParentSpanId),
            Name = attributes.Name(span.Name),
            Kind = Enum.IsDefined((TelemetrySpanKind)span.Kind) ? (TelemetrySpanKind)span.Kind : TelemetrySpanKind.Unspecified,
            Start = start,
            End = end < start ? start : end,
            Status = span.Status is { } status && Enum.IsDefined((TelemetrySpanStatus)status.Code) ? (TelemetrySpanStatus)status.Code : TelemetrySpanStatus.Unset,
            StatusMessage = span.Status?.Message is { Length: > 0 } message ? attributes.Cut(message) : null,
            TraceState = span.TraceState.Length > 0 ? attributes.Cut(span.TraceState) : null,
            Attributes = decoded,
            Events = Events(span),
            Links = Links(span),
            DroppedEvents = Dropped(span.DroppedEventsCount, span.Events.Count, limits.Value.EventsPerSpan),
            DroppedLinks = Dropped(span.DroppedLinksCount, span.Links.Count, limits.Value.LinksPerSpan),
            Resource = resource,
            Scope = scope,
            Type = SpanClassification.Of(decoded),
        };
    }

    private IReadOnlyList<SpanEvent> Events(Span span) =>
        span.Events.Count == 0
            ? []
            : [.. span.Events.Take(limits.Value.EventsPerSpan).Select(item => new SpanEvent(OtlpTime.Of(item.TimeUnixNano), attributes.Name(item.Name), attributes.Decode(item.Attributes, item.DroppedAttributesCount)))];

    // A link without valid ids leads nowhere.
    private List<SpanLink> Links(Span span)
    {
        if (span.Links.Count == 0)
        {
            return [];
        }

        List<SpanLink> links = [];
        foreach (var link in span.Links.Take(limits.Value.LinksPerSpan))
        {
            if (OtlpId.Trace(link.TraceId) is { } traceId && OtlpId.Span(link.SpanId) is { } spanId)
            {
                links.Add(new SpanLink(traceId, spanId, attributes.Decode(link.Attributes, link.DroppedAttributesCount)));
            }
        }

        return links;
    }

    private static int Dropped(uint bySender, int sent, int limit) => (int)Math.Min(int.MaxValue, bySender + (long)Math.Max(0, sent - limit));
}
