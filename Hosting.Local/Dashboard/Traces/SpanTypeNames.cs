using Dunnhumby.Hosting.Local.Telemetry.Traces;

namespace Dunnhumby.Hosting.Local.Dashboard.Traces;

/// <summary>The types of spans as pages call them.</summary>
internal static class SpanTypeNames
{
    public static IReadOnlyList<(SpanTypes Type, string Name)> All { get; } =
    [
        (SpanTypes.Http, "HTTP"),
        (SpanTypes.Database, "Database"),
        (SpanTypes.Messaging, "Messaging"),
        (SpanTypes.Rpc, "RPC"),
        (SpanTypes.Other, "Other"),
    ];
}
