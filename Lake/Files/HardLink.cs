using System.Runtime.InteropServices;

namespace Dunnhumby.Lake.Files;

/// <summary>A second name for a file, which .NET cannot make.</summary>
internal static partial class HardLink
{
    /// <summary>False where the system or the file system has none, or there is no such file.</summary>
    internal static bool TryCreate(string source, string target) => !OperatingSystem.IsWindows() && Create(source, target) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string source, string target);
}
