using System.Runtime.InteropServices;

namespace Dunnhumby.Ingestion.Service;

/// <summary>
/// Keeps native code from holding on to memory. The C library of Linux gives each thread that allocates a heap of its own, up to eight for each processor, and
/// keeps in it what was freed, large pieces too once there was one. The Parquet encoder works on whichever thread is free: each upload would leave its
/// memory behind in another heap.
/// </summary>
internal static partial class NativeHeaps
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int ArenaMax = -8;

    private const int Heaps = 2;

    /// <summary>Larger pieces are the system's and go back to it at once; so does free space of this size at the end of a heap.</summary>
    private const int LargeBytes = 256 * 1_024;

    /// <summary>Call it before native code allocates. Other systems and C libraries neither have nor need such settings.</summary>
    internal static void Limit()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "mallopt", out _))
        {
            _ = Set(ArenaMax, Heaps);
            _ = Set(MapThreshold, LargeBytes);
            _ = Set(TrimThreshold, LargeBytes);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(int parameter, int value);
}
