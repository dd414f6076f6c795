using System.Xml.Linq;
using Dunnhumby.Benchmarks.Report;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Tests;

public sealed class PerformanceReportTests
{
    [Fact]
    public void Write_MissedBar_SaysFallsShort()
    {
        var results = Results(ourSeconds: 3);
        results.Holds.ShouldBeFalse();
        var row = PerformanceReport.Write(results).Split('\n').Single(line => line.StartsWith("| S1 | time", StringComparison.Ordinal));
        row.ShouldBe("| S1 | time | 0.75 × | ≤ 0.40 × | **falls short** |");
    }

    [Fact]
    public void Write_MetBar_Holds()
    {
        var results = Results(ourSeconds: 1);
        results.Holds.ShouldBeTrue();
        PerformanceReport.Write(results).ShouldNotContain(Words.FallsShort);
    }

    [Fact]
    public void Charts_GrowthAndReference_AreXml()
    {
        var charts = PerformanceReport.Charts(Results(ourSeconds: 1)).ToList();
        charts.Select(chart => chart.Name).ShouldBe(["performance-growth-s1.svg", "performance-reference.svg"]);
        foreach (var (_, chart) in charts)
        {
            XDocument.Parse(chart).Root.ShouldNotBeNull().Name.LocalName.ShouldBe("svg");
        }
    }

    [Fact]
    public void ResultsFile_WriteAndRead_KeepsTheFigures()
    {
        var path = Path.Combine(Path.GetTempPath(), $"dunnhumby-results-{Guid.NewGuid():N}.json");
        try
        {
            var results = Results(ourSeconds: 2);
            ResultsFile.Write(results, path);
            PerformanceReport.Write(ResultsFile.Read(path)).ShouldBe(PerformanceReport.Write(results));
            File.WriteAllText(path, File.ReadAllText(path).Replace("\"schema\": 1", "\"schema\": 99", StringComparison.Ordinal));
            Should.Throw<InvalidDataException>(() => ResultsFile.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static BenchmarkResults Results(double ourSeconds)
    {
        Measure Side(string name, double seconds) => new(name, Measure.Seconds, "all", "nothing", [seconds], Rows: 1_000_000);
        GrowthResult Growth(string name, double seconds) => new("S1", name, [new(0.1, 100_000, seconds / 10), new(1, 1_000_000, seconds)]);
        var scenario = new ScenarioResult(
            "S1", "work", [Side("ours", ourSeconds), Side("peer", 4)], [Verdict.AtMost("time", ourSeconds / 4, 0.4, Verdict.Ratio), Verdict.Must("same rows", isSo: true)], [], [0, 0]);
        return new BenchmarkResults(
            BenchmarkResults.CurrentSchema,
            DateTimeOffset.UnixEpoch,
            Minutes: 1,
            new BenchmarkSettings(1, 5, 1),
            new MachineFacts("processor", 2, 1 << 30, "kernel", ".NET", "Postgres", "DuckDB"),
            [0, 0, 0],
            [0, 0, 0],
            [scenario],
            [Growth("ours", ourSeconds), Growth("peer", 4)]);
    }
}
