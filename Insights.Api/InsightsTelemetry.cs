using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dunnhumby.Insights.Api;

/// <summary>The API's own activities and measurements.</summary>
internal static class InsightsTelemetry
{
    private const string Name = "Dunnhumby.Insights";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Requests answered with 304 from the version's number alone.</summary>
    internal static readonly Counter<long> NotModified = Meter.CreateCounter<long>("dunnhumby.insights.not_modified", "{request}", "Requests answered with 304.");

    /// <summary>The version that this instance serves: instances that lag behind the others show here.</summary>
    internal static readonly Gauge<int> Version = Meter.CreateGauge<int>("dunnhumby.insights.version", "{version}", "The insights version served.");

    /// <summary>Rows sent by <c>GET /tables/{name}</c>.</summary>
    internal static readonly Counter<long> TableRows = Meter.CreateCounter<long>("dunnhumby.insights.table_rows", "{row}", "Rows of derived tables sent as a whole.");
}
