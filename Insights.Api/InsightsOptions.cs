using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Insights.Api;

/// <summary>Settings of the API, from the section <c>Insights</c>.</summary>
internal sealed class InsightsOptions
{
    internal const string Section = "Insights";

    /// <summary>How often the current version is looked up, in case a message about a new one is late or lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long comparing two versions may take; then it is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan DifferenceTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long reading a page of a table's rows, or its totals, may take; then it is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RowsTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the transform service may take to read lines. It stops by itself earlier (<c>Lines:Timeout</c> there) and then says so.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LinesTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What one API key may ask per second, and at once after a pause. Far above what people and pages need: it stops runaway clients.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerSecond { get; set; } = 20_000;

    /// <summary>Requests of one API key that are answered at once.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentRequests { get; set; } = 256;
}
