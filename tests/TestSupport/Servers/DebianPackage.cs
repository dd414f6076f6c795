using System.Diagnostics;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>Installs what a test needs and the machine lacks, where that is possible: as root on Debian or Ubuntu.</summary>
public static class DebianPackage
{
    /// <summary>One at a time: several test assemblies may find the same package missing at once.</summary>
    private const string Script = """
        mkdir -p /var/lib/dunnhumby
        exec 9>/var/lib/dunnhumby/installation.lock
        flock 9
        apt-get -q -y -o DPkg::Lock::Timeout=300 update &&
          DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$1"
        """;

    /// <summary>Installs a package of the distribution.</summary>
    /// <exception cref="InvalidOperationException">Not root, not Debian or Ubuntu, or apt-get failed; the message says what to do.</exception>
    public static async Task InstallAsync(string package)
    {
        var advice = $"The package {package} is needed: sudo apt-get install {package}.";
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
        {
            throw new InvalidOperationException(advice);
        }

        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", package]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException(advice);
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{advice} {said[1]}");
        }
    }
}
