using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Hosting.Native.Tests;

/// <summary>What a test needs of the machine: a directory of its own, its processes, polling with a deadline.</summary>
internal sealed class Machine : IDisposable
{
    public const string Password = "a-password-of-the-tests";

    /// <summary>Why a test that needs the servers' accounts and packages cannot run here; null when it can.</summary>
    public static string? Lacks => Environment.UserName is "root" && File.Exists("/etc/debian_version") ? null : "Needs root on Debian.";

    public Machine()
    {
        // Open to all: servers with accounts of their own must be able to pass through.
        File.SetUnixFileMode(Directory, (UnixFileMode)0b111_001_001);
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("dunnhumby-native-").FullName;

    public string Postgres => Path.Combine(Directory, "volumes", "postgres-data");

    public string Messaging => Path.Combine(Directory, "volumes", "messaging-data");

    /// <summary>What pg_controldata says of the state of the cluster in a directory.</summary>
    public string ClusterState()
    {
        var program = System.IO.Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/pg_controldata";
        using var process = Process.Start(new ProcessStartInfo(program, [Path.Combine(Postgres, "data")]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return process.StandardOutput.ReadToEnd().Split('\n').First(line => line.StartsWith("Database cluster state:", StringComparison.Ordinal)).Split(':')[1].Trim();
    }

    /// <summary>A script on the disk that may be run.</summary>
    public string Script(string name, string text)
    {
        var file = Path.Combine(Directory, name);
        File.WriteAllText(file, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        return file;
    }

    /// <summary>The processes that work in this directory, or carry it in their environment as every process of an AppHost does, with their command lines.</summary>
    public IReadOnlyDictionary<int, string> Processes() => ProcessesWhere(id =>
        File.ReadAllText($"/proc/{id}/environ").Contains(Directory, StringComparison.Ordinal)
        || File.ReadAllText($"/proc/{id}/cmdline").Contains(Directory, StringComparison.Ordinal)
        || File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName.StartsWith(Directory, StringComparison.Ordinal) == true);

    public Task UntilNoProcessesAsync(double seconds = 40) => UntilAsync(() => Processes().Count == 0, seconds, () => string.Join('\n', Processes()));

    public static IReadOnlyDictionary<int, string> ProcessesWhere(Predicate<int> wanted)
    {
        var found = new Dictionary<int, string>();
        foreach (var entry in System.IO.Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && wanted(id))
                {
                    found[id] = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }

        return found;
    }

    public static Task UntilAsync(Func<bool> condition, double seconds, Func<string> otherwise, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.TrueAsync(condition, TimeSpan.FromSeconds(seconds), otherwise, what);

    /// <summary>Sends a signal by its name.</summary>
    public static void Signal(int process, string name)
    {
        using var kill = Process.Start("/bin/kill", ["-s", name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        foreach (var id in Processes().Keys)
        {
            Signal(id, "KILL");
        }

        foreach (var link in new[] { Postgres, Messaging }.Where(path => new DirectoryInfo(path).LinkTarget is not null))
        {
            System.IO.Directory.Delete(Path.GetFullPath(new DirectoryInfo(link).LinkTarget!), recursive: true);
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
