using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>A data directory that is removed afterwards, and a view of the processes that belong to it.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-end-to-end-");

    internal string Path => _folder.FullName;

    /// <summary>Ids and command lines of processes that were started with this directory in their environment or command line.</summary>
    internal IReadOnlyList<string> Processes()
    {
        // A server's real directory may be elsewhere, behind a link.
        string[] places = [Path, .. LinkTargets()];
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(System.IO.Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0 && places.Any(place => Mentions(id, place)))
            .Select(id => $"{id}: {Reads($"/proc/{id}/cmdline").Replace('\0', ' ')}")];
    }

    /// <summary>What is being written, and no part of the lake yet.</summary>
    internal IReadOnlyList<string> StagedFiles()
    {
        var staging = System.IO.Path.Combine(Path, "lake", "_staging");
        return Directory.Exists(staging) ? Directory.GetFiles(staging, "*", SearchOption.AllDirectories) : [];
    }

    public void Dispose()
    {
        foreach (var target in LinkTargets())
        {
            Directory.Delete(target, recursive: true);
        }

        var servers = System.IO.Path.Combine(Path, "servers");
        if (File.Exists(servers) && File.ReadAllText(servers).StartsWith("containers", StringComparison.Ordinal))
        {
            RemoveVolumes(Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") ?? "docker");
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>The names of the volumes of this directory end with a hash of its path.</summary>
    private void RemoveVolumes(string engine)
    {
        var end = $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)))[..8]}";
        using var list = Process.Start(new ProcessStartInfo(engine, ["volume", "ls", "--quiet"]) { UseShellExecute = false, RedirectStandardOutput = true });
        var volumes = list?.StandardOutput.ReadToEnd().Split('\n').Where(name => name.EndsWith(end, StringComparison.Ordinal)) ?? [];
        using var remove = Process.Start(engine, ["volume", "rm", .. volumes]);
        remove.WaitForExit();
    }

    private List<string> LinkTargets()
    {
        var volumes = new DirectoryInfo(System.IO.Path.Combine(Path, "volumes"));
        return volumes.Exists
            ? [.. volumes.EnumerateFileSystemInfos().Select(volume => volume.LinkTarget).OfType<string>().Where(Directory.Exists)]
            : [];
    }

    private static bool Mentions(int process, string place) =>
        Reads($"/proc/{process}/environ").Contains(place, StringComparison.Ordinal)
        || Reads($"/proc/{process}/cmdline").Contains(place, StringComparison.Ordinal);

    private static string Reads(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
