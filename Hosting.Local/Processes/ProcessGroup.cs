using System.Globalization;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>Whether anything of a process group still runs.</summary>
internal static class ProcessGroup
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until nothing of the group runs any more.</summary>
    /// <returns>False when something still runs after the time given: one that hangs in the kernel survives even SIGKILL.</returns>
    public static async Task<bool> WaitUntilEndedAsync(int groupId, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Runs(groupId))
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await Task.Delay(Pause);
        }

        return true;
    }

    // To the kernel a group exists until its last zombie is reaped, which is up to others.
    private static bool Runs(int groupId) => UnixSignal.GroupExists(groupId)
        && Directory.EnumerateDirectories("/proc").Any(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0]) && RunsIn(groupId, $"{entry}/stat"));

    private static bool RunsIn(int groupId, string stat)
    {
        try
        {
            // After the name, which may have anything in it: state, parent, group.
            var fields = File.ReadAllText(stat).Split(") ")[^1].Split(' ');
            return fields[0] is not ("Z" or "X") && int.Parse(fields[2], CultureInfo.InvariantCulture) == groupId;
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    }
}
