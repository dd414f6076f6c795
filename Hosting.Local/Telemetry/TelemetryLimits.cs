using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Hosting.Local.Telemetry;

/// <summary>How much is kept in memory. Over a limit on things kept, the oldest go; over a limit on a part of one item, the rest of that part is cut.</summary>
public sealed class TelemetryLimits
{
    [Range(1, int.MaxValue)]
    public int Logs { get; set; } = 10_000;

    [Range(1, int.MaxValue)]
    public int Traces { get; set; } = 10_000;

    /// <summary>Spans of all traces together.</summary>
    [Range(1, int.MaxValue)]
    public int Spans { get; set; } = 200_000;

    /// <summary>Further spans of the same trace are rejected.</summary>
    [Range(1, int.MaxValue)]
    public int SpansPerTrace { get; set; } = 20_000;

    /// <summary>Points of one stream: one instrument of one resource with one set of dimensions.</summary>
    [Range(1, int.MaxValue)]
    public int PointsPerStream { get; set; } = 50_000;

    /// <summary>Points of all streams together; when there are many streams, each keeps its share of this.</summary>
    [Range(1, int.MaxValue)]
    public int Points { get; set; } = 3_000_000;

    /// <summary>Points of further sets of dimensions are rejected.</summary>
    [Range(1, int.MaxValue)]
    public int StreamsPerInstrument { get; set; } = 1_000;

    /// <summary>Streams of all instruments together; points of further ones are rejected.</summary>
    [Range(1, int.MaxValue)]
    public int Streams { get; set; } = 20_000;

    [Range(1, int.MaxValue)]
    public int ExemplarsPerStream { get; set; } = 200;

    /// <summary>Bucket boundaries of one histogram point; a point with more is rejected.</summary>
    [Range(1, int.MaxValue)]
    public int BucketsPerPoint { get; set; } = 1_000;

    [Range(1, int.MaxValue)]
    public int Resources { get; set; } = 500;

    /// <summary>Attributes of one resource, scope, span, event, link, log or stream.</summary>
    [Range(1, int.MaxValue)]
    public int Attributes { get; set; } = 128;

    /// <summary>UTF-16 characters of one attribute value, log message or name.</summary>
    [Range(1, int.MaxValue)]
    public int TextLength { get; set; } = 16_384;

    [Range(1, int.MaxValue)]
    public int EventsPerSpan { get; set; } = 128;

    [Range(1, int.MaxValue)]
    public int LinksPerSpan { get; set; } = 128;

    /// <summary>UTF-16 characters of all logs together, and of all spans together: what keeps ten thousand huge items from filling the memory.</summary>
    [Range(1, long.MaxValue)]
    public long TextPerSignal { get; set; } = 96_000_000;
}
