using Aspire.Hosting;
using Dunnhumby.Hosting.Local.Installation;

namespace Dunnhumby.Hosting.Local.Engine;

internal static class Platform
{
    /// <exception cref="DistributedApplicationException">This machine cannot run the engine; the message says why.</exception>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DistributedApplicationException("The local engine runs on Linux (or WSL). Elsewhere use the genuine one: dotnet run --project AppHost -p:AppHostEngine=Aspire.");
        }

        foreach (var tool in (string[])["setsid", "setpriv", "realpath"])
        {
            if (ProgramPath.Find(tool) is null)
            {
                throw new DistributedApplicationException($"The program {tool} is missing. On Debian or Ubuntu: sudo apt-get install util-linux coreutils.");
            }
        }
    }
}
