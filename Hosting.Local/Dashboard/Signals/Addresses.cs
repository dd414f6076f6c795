namespace Dunnhumby.Hosting.Local.Dashboard.Signals;

/// <summary>The pages of the telemetry, where they are linked from others.</summary>
internal static class Addresses
{
    public const string Logs = "structuredlogs";
    public const string Traces = "traces";
    public const string Metrics = "metrics";

    public static string Trace(string traceId, string? spanId = null) =>
        new PageQuery($"{Traces}/detail/{Uri.EscapeDataString(traceId)}").Add("span", spanId).ToString();

    public static string LogsOf(string traceId, string? spanId = null) => new PageQuery(Logs).Add("trace", traceId).Add("span", spanId).ToString();

    public static string Log(long sequence, string? traceId) =>
        new PageQuery(Logs).Add("trace", traceId).Add("log", sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();
}
