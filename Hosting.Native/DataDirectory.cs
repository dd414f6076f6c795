using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Native;

/// <summary>The directory of an application's data, in use by one AppHost at a time.</summary>
internal sealed class DataDirectory
{
    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>How the servers' data was made; null when there is none yet.</summary>
    public string? Way => File.Exists(WayFile) ? File.ReadAllText(WayFile).Trim() : null;

    private string WayFile => System.IO.Path.Combine(Path, "servers");

    /// <summary>Takes the directory until the application has stopped, or until this process ends, however it does.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost has it, or it holds a lake without its catalog.</exception>
    public static DataDirectory Take(string path, IServiceProvider services)
    {
        Directory.CreateDirectory(path);
        try
        {
            var held = new FileStream(System.IO.Path.Combine(path, "apphost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(held.Dispose);
        }
        catch (IOException inUse)
        {
            throw new DistributedApplicationException($"Another AppHost works on {path}. Stop it, or choose another directory: --DataDirectory PATH.", inUse);
        }

        var directory = new DataDirectory(path);
        var lake = System.IO.Path.Combine(path, "lake");
        return directory.Way is not null || !Directory.Exists(lake) || !Directory.EnumerateFiles(lake, "*.parquet", SearchOption.AllDirectories).Any()
            ? directory
            : throw new DistributedApplicationException(
                $"{path} holds a lake, but no servers' data that this AppHost made. Choose another DataDirectory, or delete {lake} and upload its files again.");
    }

    public void Remember(string way) => File.WriteAllText(WayFile, way);

    /// <summary>Where a native server keeps what a container would keep in a volume.</summary>
    public string FolderOf(string volume) => System.IO.Path.Combine(Path, "volumes", volume);

    /// <summary>A machine's volumes are shared by all its applications: those of this directory get names of their own.</summary>
    public void OwnVolumes(ContainerResource server)
    {
        var own = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path)))[..8];
        foreach (var mount in server.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount is { Type: ContainerMountType.Volume, Source: not null }).ToArray())
        {
            server.Annotations.Remove(mount);
            server.Annotations.Add(new ContainerMountAnnotation($"{mount.Source}-{own}", mount.Target, mount.Type, mount.IsReadOnly));
        }
    }
}
