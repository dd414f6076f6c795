using System.Globalization;
using System.Text;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>The text of docs/performance.md: every figure of a results.json, with what it covers.</summary>
internal static class PerformanceReport
{
    private const string ReferenceImage = "performance-reference.svg";

    internal static IEnumerable<(string Name, string Chart)> Charts(BenchmarkResults results)
    {
        foreach (var sides in results.Growth.GroupBy(side => side.Id, StringComparer.Ordinal))
        {
            yield return (ImageOf(sides.Key), GrowthChart.Draw($"{sides.Key}: median time over rows", [.. sides]));
        }

        if (ReferenceProject.Compare(results) is { Count: > 0 } compared)
        {
            yield return (ReferenceImage, ReferenceChart.Draw(compared));
        }
    }

    internal static string Write(BenchmarkResults results)
    {
        var text = new StringBuilder();
        Head(text, results);
        Summary(text, results);
        foreach (var scenario in results.Scenarios)
        {
            Scenario(text, scenario);
        }

        Growth(text, results);
        Reference(text, results);
        return text.ToString();
    }

    private static void Head(StringBuilder text, BenchmarkResults results)
    {
        var machine = results.Machine;
        text.Append("# Performance\n\n");
        Add(text, $"Written by `tests/Benchmarks` from its own results; nothing here is typed by hand. Measured on {results.StartedAt:yyyy-MM-dd} in {results.Minutes:0} minutes:");
        text.Append('\n');
        Add(text, $"- {machine.Processor}, {machine.Cores} cores, {machine.MemoryBytes / 1e9:0} GB of memory, {machine.Kernel}");
        Add(text, $"- {machine.DotNet}, {machine.Postgres}, {machine.DuckDb}");
        Add(text, $"- load average {Load(results.LoadBefore)} before and {Load(results.LoadAfter)} after (over 1, 5 and 15 minutes; {machine.Cores} is a fully busy machine)");
        Add(text, $"- the generated panel at scale {results.Settings.Scale}, seed {results.Settings.Seed}; {results.Settings.Runs} runs of each side after a warm-up, in turns on the same data");
        text.Append("""

            Services are release builds in processes of their own, reached over HTTP with API keys, against real Postgres (fsync on) and RabbitMQ. What matters are
            the ratios: both sides ran on the same machine in the same minutes. Again:

            ```sh
            dotnet run -c Release --project tests/Benchmarks -- --growth
            dotnet run -c Release --project tests/Benchmarks -- report artifacts/benchmarks/results.json
            ```


            """);
    }

    private static void Summary(StringBuilder text, BenchmarkResults results)
    {
        text.Append("| | what | measured | bar | |\n|---|---|---|---|---|\n");
        foreach (var scenario in results.Scenarios)
        {
            foreach (var verdict in scenario.Verdicts)
            {
                Add(text, $"| {scenario.Id} | {verdict.What} | {Words.Value(verdict)} | {Words.Bar(verdict)} | {(verdict.Holds ? "holds" : $"**{Words.FallsShort}**")} |");
            }
        }

        foreach (var (id, reason) in results.Failures)
        {
            Add(text, $"| {id} | could not be measured: {reason} | | | **{Words.FallsShort}** |");
        }

        text.Append('\n');
    }

    private static void Scenario(StringBuilder text, ScenarioResult scenario)
    {
        Add(text, $"## {scenario.Id}: {scenario.Title}");
        text.Append("\n| side | median | min | max | peak memory |\n|---|--:|--:|--:|--:|\n");
        foreach (var side in scenario.Sides)
        {
            var peak = side.PeakBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB") : "";
            Add(text, $"| {side.Name} | {Number(side.Median, side)} | {Number(side.Min, side)} | {Number(side.Max, side)} | {peak} |");
        }

        text.Append('\n');
        foreach (var (includes, leavesOut, names) in scenario.Sides
            .GroupBy(side => (side.Includes, side.LeavesOut))
            .Select(group => (group.Key.Includes, group.Key.LeavesOut, string.Join(", ", group.Select(side => side.Name)))))
        {
            Add(text, $"- {names} covers: {includes}. Leaves out: {leavesOut}.");
        }

        foreach (var note in scenario.Notes)
        {
            Add(text, $"- {note}");
        }

        Add(text, $"- Load average {scenario.Load[0]:0.0} before, {scenario.Load[1]:0.0} after.");
        text.Append('\n');
    }

    private static void Growth(StringBuilder text, BenchmarkResults results)
    {
        if (results.Growth.Count == 0)
        {
            return;
        }

        text.Append("## Growth\n\nTime ≈ rows^k, k by least squares over the logarithms: 1 is linear, less means that a fixed part weighs.\n\n| | side | time by scale | k |\n|---|---|---|--:|\n");
        foreach (var side in results.Growth)
        {
            var points = string.Join(", ", side.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Scale}: {point.Seconds:0.00} s")));
            Add(text, $"| {side.Id} | {side.Name} | {points} | {side.Exponent:0.00} |");
        }

        text.Append('\n');
        foreach (var id in results.Growth.Select(side => side.Id).Distinct(StringComparer.Ordinal))
        {
            Add(text, $"![{id}: median time over rows](images/{ImageOf(id)})");
        }

        text.Append('\n');
    }

    private static void Reference(StringBuilder text, BenchmarkResults results)
    {
        var compared = ReferenceProject.Compare(results);
        if (compared.Count == 0)
        {
            return;
        }

        text.Append("## Against the reference project's way\n\nThe reference project brings the files into its database with pandas `to_sql`: 0.17 ms a row as measured; its ETL takes 28 s and 3 GB.\n\n");
        text.Append("| file | `to_sql` | this project | faster |\n|---|--:|--:|--:|\n");
        foreach (var (name, reference, ours) in compared)
        {
            Add(text, $"| {name} | {ReferenceChart.Duration(reference)} | {ReferenceChart.Duration(ours)} | {reference / ours:0} × |");
        }

        Add(text, $"\n![Loading the files: pandas to_sql and this project](images/{ReferenceImage})");
    }

    private static string ImageOf(string id) => $"performance-growth-{id.ToLowerInvariant()}.svg";

    private static string Number(double value, Measure side) => string.Equals(side.Unit, Measure.Seconds, StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{value:#,0} {side.Unit}");

    private static string Load(IReadOnlyList<double> load) => string.Join(", ", load.Select(value => value.ToString("0.0", CultureInfo.InvariantCulture)));

    private static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
