namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>How far back charts go.</summary>
internal static class MetricWindows
{
    public const int Usual = 5;

    /// <summary>In minutes, with what pages call them.</summary>
    public static IReadOnlyList<(int Minutes, string Name)> All { get; } =
    [
        (1, "Last minute"),
        (5, "Last 5 minutes"),
        (15, "Last 15 minutes"),
        (30, "Last 30 minutes"),
        (60, "Last hour"),
        (180, "Last 3 hours"),
        (360, "Last 6 hours"),
        (720, "Last 12 hours"),
    ];
}
