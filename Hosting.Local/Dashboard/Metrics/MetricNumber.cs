using System.Globalization;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>Measured values as text.</summary>
internal static class MetricNumber
{
    /// <summary>Up to six significant digits, with groups of three.</summary>
    public static string Exact(double value) => Math.Abs(value) is >= 1e15 or (< 1e-5 and > 0)
        ? value.ToString("0.#####e+0", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 1000 ? value.ToString("#,0.##", CultureInfo.InvariantCulture) : value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>For axes: 1.5k, 20M, 0.25.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e12 => value.ToString("0.##e+0", CultureInfo.InvariantCulture),
        >= 1e9 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + "G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e3 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };
}
