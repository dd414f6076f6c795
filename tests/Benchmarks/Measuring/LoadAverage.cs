using System.Globalization;

namespace Dunnhumby.Benchmarks.Measuring;

/// <summary>How busy the machine is: figures taken beside other work say less.</summary>
internal static class LoadAverage
{
    /// <summary>Runnable processes on average over the last 1, 5 and 15 minutes.</summary>
    internal static double[] Read() =>
        [.. File.ReadAllText("/proc/loadavg").Split(' ').Take(3).Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
}
