using System.Globalization;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>The figures as text on the console.</summary>
internal static class ConsoleTable
{
    internal static void Machine(MachineFacts machine, double[] load)
    {
        Console.WriteLine(Text($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryBytes / 1e9:0.0} GB, {machine.Kernel}"));
        Console.WriteLine($"{machine.DotNet}, {machine.Postgres}, {machine.DuckDb}");
        Console.WriteLine(Text($"load average {load[0]:0.00} {load[1]:0.00} {load[2]:0.00}"));
    }

    internal static void Scenario(ScenarioResult result)
    {
        Console.WriteLine(Text($"{result.Id}  {result.Title}  (load average {result.Load[0]:0.0} → {result.Load[1]:0.0})"));
        foreach (var side in result.Sides)
        {
            var peak = side.PeakBytes is { } bytes ? Text($"  peak {bytes / 1e6:0} MB") : "";
            Console.WriteLine(Text($"    {side.Name,-48} median {side.Median:0.000} {side.Unit}  min {side.Min:0.000}  max {side.Max:0.000}{peak}"));
            Console.WriteLine($"        covers {side.Includes}; leaves out {side.LeavesOut}");
        }

        foreach (var verdict in result.Verdicts)
        {
            Console.WriteLine($"    {verdict.What}: {Words.Of(verdict)}");
        }

        foreach (var note in result.Notes)
        {
            Console.WriteLine($"    {note}");
        }
    }

    internal static void Growth(IReadOnlyList<GrowthResult> growth)
    {
        foreach (var side in growth)
        {
            var points = string.Join(", ", side.Points.Select(point => Text($"{point.Scale}: {point.Seconds:0.000} s")));
            Console.WriteLine(Text($"growth of {side.Id} {side.Name}: {points}; time ≈ rows^{side.Exponent:0.00}"));
        }
    }

    internal static void End(BenchmarkResults results, string path)
    {
        Console.WriteLine(Text($"{Environment.NewLine}{results.Minutes:0.0} minutes; written to {path}. {(results.Holds ? "Every measured bar holds." : "Not every bar holds.")}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
