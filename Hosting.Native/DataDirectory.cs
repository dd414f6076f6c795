using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Native;

/// <summary>The directory of an application's data, in use by one AppHost at a time.</summary>
internal sealed class DataDirectory(string path)
{
    private readonly string _wayFile = Path.Combine(path, "servers");

    /// <summary>How the servers' data was made; null when there is none yet.</summary>
    public string? Way => File.Exists(_wayFile) ? File.ReadAllText(_wayFile).Trim() : null;

    /// <summary>Takes the directory until the application has stopped, or until this process ends, however it does.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost has it, or it holds a lake without its catalog.</exception>
    public void Take(IHostApplicationLifetime application)
    {
        Directory.CreateDirectory(path);
        try
        {
            var held = new FileStream(Path.Combine(path, "apphost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            application.ApplicationStopped.Register(held.Dispose);
        }
        catch (IOException inUse)
        {
            throw new DistributedApplicationException($"Another AppHost works on {path}. Stop it, or choose another directory: --DataDirectory PATH.", inUse);
        }

        var lake = Path.Combine(path, "lake");
        if (Way is null && Directory.Exists(lake) && Directory.EnumerateFiles(lake, "*.parquet", SearchOption.AllDirectories).Any())
        {
            throw new DistributedApplicationException(
                $"{path} holds a lake, but no servers' data that this AppHost made. Choose another DataDirectory, or delete {lake} and upload its files again.");
        }
    }

    public void Remember(string way) => File.WriteAllText(_wayFile, way);

    /// <summary>Where a native server keeps what a container would keep in a volume.</summary>
    public string FolderOf(string volume) => Path.Combine(path, "volumes", volume);

    /// <summary>A machine's volumes are shared by all its applications: those of this directory get names of their own.</summary>
    public void OwnVolumes(ContainerResource server)
    {
        foreach (var mount in server.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount is { Type: ContainerMountType.Volume, Source: not null }).ToArray())
        {
            var name = $"{mount.Source}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}";
            server.Annotations.Remove(mount);
            server.Annotations.Add(new ContainerMountAnnotation(name, mount.Target, mount.Type, mount.IsReadOnly));
        }
    }
}
