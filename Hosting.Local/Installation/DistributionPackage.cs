using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Installation;

/// <summary>Installs a package of Debian or Ubuntu, as root, without letting the distribution start its service.</summary>
public static class DistributionPackage
{
    // dpkg's scripts ask this file whether they may start services; 101 means no.
    private const string PolicyFile = "/usr/sbin/policy-rc.d";

    /// <summary>Installs the package.</summary>
    /// <param name="package">Name of the package.</param>
    /// <param name="advice">What to tell the user where nothing can be installed.</param>
    /// <param name="output">Told what is being done.</param>
    /// <param name="isInstalled">Asked again once it is this package's turn.</param>
    /// <exception cref="InvalidOperationException">Not root, not Debian or Ubuntu, or apt-get failed.</exception>
    public static async Task InstallAsync(
        string package, string advice, Action<string, bool>? output, Func<bool> isInstalled, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/etc/debian_version") || ProgramPath.Find("apt-get") is not { } apt)
        {
            throw new InvalidOperationException(advice);
        }

        ArgumentNullException.ThrowIfNull(isInstalled);
        using var turn = await InstallationTurn.TakeAsync(cancellationToken);
        try
        {
            if (!isInstalled())
            {
                output?.Invoke($"{package} is not installed: installing the distribution's package (apt-get install {package}).", false);
                await InstallAsync(apt, package, cancellationToken);
                output?.Invoke($"{package} is installed.", false);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{package} could not be installed. {advice} {exception.Message}", exception);
        }
    }

    private static async Task InstallAsync(string apt, string package, CancellationToken cancellationToken)
    {
        string[] common = ["-q", "-y", "-o", "DPkg::Lock::Timeout=300"];
        var ownPolicy = !File.Exists(PolicyFile);
        if (ownPolicy)
        {
            await File.WriteAllTextAsync(PolicyFile, "#!/bin/sh\nexit 101\n", cancellationToken);
            File.SetUnixFileMode(PolicyFile, (UnixFileMode)0b111_101_101);
        }

        try
        {
            await Command.RunAsync(apt, [.. common, "update"], cancellationToken);
            await Command.RunAsync(
                "env", ["DEBIAN_FRONTEND=noninteractive", apt, .. common, "install", "--no-install-recommends", package], cancellationToken);
            if (Directory.Exists("/run/systemd/system"))
            {
                // Nor after the next boot: this machine did not ask for a service.
                var unit = string.Equals(package, "postgresql", StringComparison.Ordinal) ? package : $"{package}.service";
                await Command.RunAsync("systemctl", ["disable", unit], cancellationToken);
            }
        }
        finally
        {
            if (ownPolicy)
            {
                File.Delete(PolicyFile);
            }
        }
    }
}
