using System.Globalization;

namespace Dunnhumby.Benchmarks.Measuring;

/// <summary>The largest resident size of a process, as Linux counts it (VmHWM).</summary>
internal static class ProcessMemory
{
    /// <summary>Forgets the peak so far: it starts again from the present size.</summary>
    internal static void ResetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    /// <summary>Bytes at the peak since the start or the last reset.</summary>
    internal static long Peak(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1_024;
    }
}
