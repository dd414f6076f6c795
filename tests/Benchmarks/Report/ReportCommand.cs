using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>Writes docs/performance.md and its charts.</summary>
internal static class ReportCommand
{
    internal static int Run(string resultsFile, string? folder)
    {
        var docs = folder ?? Path.Combine(Builds.Root, "docs");
        var results = ResultsFile.Read(resultsFile);
        var images = Directory.CreateDirectory(Path.Combine(docs, "images")).FullName;
        foreach (var (name, chart) in PerformanceReport.Charts(results))
        {
            File.WriteAllText(Path.Combine(images, name), chart);
        }

        File.WriteAllText(Path.Combine(docs, "performance.md"), PerformanceReport.Write(results));
        Console.WriteLine($"Written to {Path.Combine(docs, "performance.md")}.");
        return 0;
    }
}
