using System.Text.RegularExpressions;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Architecture.Tests;

/// <summary>The solution's projects but for its tests, compiled beside this one.</summary>
internal static partial class Projects
{
    /// <summary>By their names, as the solution lists them.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        .. Lines().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Dunnhumby.sln")))
            .Where(project => !project.Groups["path"].Value.StartsWith("tests", StringComparison.Ordinal))
            .Select(project => project.Groups["name"].Value),
    ];

    internal static string Assembly(string project) => Path.Combine(AppContext.BaseDirectory, $"Dunnhumby.{project}.dll");

    [GeneratedRegex("""= "(?<name>[\w.]+)", "(?<path>[^"]+)\.csproj",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Lines();
}
