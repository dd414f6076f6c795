namespace Dunnhumby.Hosting.Local.Telemetry.Filters;

/// <summary>Fields of logs and spans that are not attributes.</summary>
public static class FilterFields
{
    public const string Resource = "resource";
    public const string TraceId = "trace.id";
    public const string SpanId = "span.id";

    /// <summary>The scope: a log's category, a span's source.</summary>
    public const string Scope = "scope";

    /// <summary>A log's message, a span's name.</summary>
    public const string Text = "text";

    /// <summary>A log's severity, a span's status.</summary>
    public const string Status = "status";

    /// <summary>A span's kind.</summary>
    public const string Kind = "kind";

    /// <summary>A span's duration in milliseconds.</summary>
    public const string Duration = "duration";

    public static IReadOnlyList<string> OfLogs { get; } = [Text, Scope, Resource, Status, TraceId, SpanId];

    public static IReadOnlyList<string> OfSpans { get; } = [Text, Scope, Resource, Status, Kind, Duration, TraceId, SpanId];
}
