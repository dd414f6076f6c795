using System.Globalization;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>Tells whether a server still works in a data directory. Every server here is started with its directory as the current one.</summary>
internal static class DirectoryUse
{
    /// <summary>Waits until no server uses the directory: the one before may still be shutting down.</summary>
    /// <exception cref="InvalidOperationException">It is still in use after the time given.</exception>
    public static async Task WaitUntilFreeAsync(string directory, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (FindUser(directory) is { } user)
        {
            if (TimeProvider.System.GetElapsedTime(deadline) > timeout)
            {
                throw new InvalidOperationException(
                    $"{directory} is in use by {user}. Is the application already running? Stop it first, or choose another DataDirectory.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static string? FindUser(string directory)
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
            {
                continue;
            }

            try
            {
                if (string.Equals(File.ResolveLinkTarget($"{entry}/cwd", returnFinalTarget: false)?.FullName, directory, StringComparison.Ordinal))
                {
                    var name = File.ReadAllText($"{entry}/comm").Trim();
                    if (name is "postgres" or "beam.smp" or "epmd")
                    {
                        return $"process {id} ({name})";
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process ended meanwhile, or belongs to somebody else.
            }
        }

        return null;
    }
}
