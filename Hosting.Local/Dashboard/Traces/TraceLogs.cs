using Dunnhumby.Hosting.Local.Telemetry.Logs;

namespace Dunnhumby.Hosting.Local.Dashboard.Traces;

/// <summary>The logs of one trace, by span, oldest first.</summary>
internal sealed class TraceLogs(IReadOnlyList<TelemetryLog> logs)
{
    private readonly ILookup<string, TelemetryLog> _bySpan = logs.ToLookup(log => log.SpanId ?? "", StringComparer.OrdinalIgnoreCase);

    public static TraceLogs None { get; } = new([]);

    public int Count { get; } = logs.Count;

    public static TraceLogs Of(LogStore store, string traceId) => new(store.Query(new LogQuery { TraceId = traceId, OldestFirst = true, Count = int.MaxValue }).Items);

    public IReadOnlyList<TelemetryLog> Of(string spanId) => [.. _bySpan[spanId]];
}
