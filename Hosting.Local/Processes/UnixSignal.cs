using System.Runtime.InteropServices;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>Sends POSIX signals; the base class library can only send SIGKILL.</summary>
internal static partial class UnixSignal
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Signals one process.</summary>
    /// <returns>False when there is no such process any more.</returns>
    public static bool Send(int processId, int signal) => NativeKill(processId, signal) == 0;

    /// <summary>Signals every process of the group.</summary>
    /// <returns>False when the group is empty.</returns>
    public static bool SendToGroup(int groupId, int signal) => NativeKill(-groupId, signal) == 0;

    /// <summary>Whether any process of the group is left.</summary>
    public static bool GroupExists(int groupId) => NativeKill(-groupId, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeKill(int processId, int signal);
}
