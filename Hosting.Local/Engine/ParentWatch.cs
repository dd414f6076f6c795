using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Shuts the application down when the <c>dotnet run</c> it was started by is gone, even by SIGKILL, which nobody can pass on.</summary>
internal sealed partial class ParentWatch(IHostApplicationLifetime lifetime, ConsoleOutput console, TimeProvider time) : BackgroundService
{
    private readonly int _parent = GetParentId();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await IsDotNetRunAsync(stoppingToken))
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (GetParentId() != _parent)
            {
                console.Line("The dotnet run that started this application is gone: shutting down.");
                lifetime.StopApplication();
                return;
            }
        }
    }

    private async Task<bool> IsDotNetRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var words = (await File.ReadAllTextAsync($"/proc/{_parent}/cmdline", cancellationToken)).Split('\0');
            return string.Equals(Path.GetFileNameWithoutExtension(words[0]), "dotnet", StringComparison.Ordinal)
                && words.Any(word => word is "run" or "watch" or "test");
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetParentId();
}
