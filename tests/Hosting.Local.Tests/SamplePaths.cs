using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Hosting.Local.Tests;

/// <summary>The projects below Samples, built with the tests and in the same configuration.</summary>
internal static class SamplePaths
{
    public static string Root { get; } = Path.Combine(Repository.Root, "tests", "Hosting.Local.Tests", "Samples");

    public static string ServiceProject { get; } = Path.Combine(Root, "SampleService", "SampleService.csproj");

    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

    public static string AppHostProgram { get; } = Path.Combine(Root, "SampleAppHost", "bin", Configuration, "net10.0", "Dunnhumby.SampleAppHost");
}
