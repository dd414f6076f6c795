using System.Reflection;
using Microsoft.Extensions.FileProviders;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>A file that travels in an assembly.</summary>
internal sealed class AssetFile(Assembly assembly, string resource) : IFileInfo
{
    public bool Exists => true;

    public long Length { get; } = Open(assembly, resource).Length;

    public string? PhysicalPath => null;

    public string Name { get; } = resource[(resource.LastIndexOf('/') + 1)..];

    // With the length this makes the entity tag; the assembly's own time is as good as any and needs no file.
    public DateTimeOffset LastModified { get; } = new(File.GetLastWriteTimeUtc(assembly.Location), TimeSpan.Zero);

    public bool IsDirectory => false;

    public Stream CreateReadStream() => Open(assembly, resource);

    private static Stream Open(Assembly assembly, string resource) =>
        assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not in {assembly.GetName().Name}.");
}
