using System.Runtime.InteropServices;

namespace Dunnhumby.Hosting.Local.Projects;

internal static class DotNet
{
    /// <summary>The dotnet program this process runs on: the services must not end up on another one that PATH happens to have.</summary>
    public static string Muxer { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
