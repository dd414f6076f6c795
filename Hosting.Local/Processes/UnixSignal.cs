using System.Runtime.InteropServices;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>Sends POSIX signals; the base class library can only send SIGKILL.</summary>
internal static partial class UnixSignal
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const nint DefaultAction = 0;
    private const nint IgnoreAction = 1;

    /// <summary>Signals one process.</summary>
    /// <returns>False when there is no such process any more.</returns>
    public static bool Send(int processId, int signal) => NativeKill(processId, signal) == 0;

    /// <summary>Signals every process of the group.</summary>
    /// <returns>False when the group is empty.</returns>
    public static bool SendToGroup(int groupId, int signal) => NativeKill(-groupId, signal) == 0;

    /// <summary>Whether any process of the group is left.</summary>
    public static bool GroupExists(int groupId) => NativeKill(-groupId, 0) == 0;

    /// <summary>
    /// Makes this process hear a signal that its parent had it ignore, as a shell does with SIGINT for what it starts in the background. The runtime leaves an
    /// ignored signal alone, so this must come before anything listens for it.
    /// </summary>
    public static void Heed(int signal)
    {
        var before = NativeSignal(signal, DefaultAction);
        if (before != IgnoreAction)
        {
            _ = NativeSignal(signal, before);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint NativeSignal(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int NativeKill(int processId, int signal);
}
