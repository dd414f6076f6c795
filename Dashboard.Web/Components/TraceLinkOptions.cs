namespace Dunnhumby.Dashboard.Web.Components;

/// <summary>Where traces can be looked at; section <c>Telemetry</c>.</summary>
internal sealed class TraceLinkOptions
{
    internal const string Section = "Telemetry";

    /// <summary>
    /// Aspire's dashboard as a browser reaches it; of several addresses separated by semicolons, the first. Without it pages show trace ids without links.
    /// </summary>
    public string? DashboardUrl { get; set; }

    /// <summary>The page of a trace; null when the dashboard's address or the trace is not known.</summary>
    internal string? Of(string? traceId) =>
        traceId is { Length: > 0 }
        && DashboardUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..]
        && Uri.TryCreate(first, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? $"{address.GetLeftPart(UriPartial.Authority)}/traces/detail/{Uri.EscapeDataString(traceId)}"
            : null;
}
