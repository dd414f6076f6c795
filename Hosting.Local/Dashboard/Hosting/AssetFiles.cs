using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>The styles, scripts and fonts that travel in this assembly, as files of the site.</summary>
internal sealed class AssetFiles : IFileProvider
{
    private const string Prefix = "web/";

    private static readonly Assembly Assembly = typeof(AssetFiles).Assembly;

    private readonly Dictionary<string, AssetFile> _files = Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], name => new AssetFile(Assembly, name), StringComparer.Ordinal);

    /// <summary>Differs from build to build, so that a browser keeps files for ever and still sees a new build.</summary>
    public static string Version { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Assembly.ManifestModule.ModuleVersionId.ToByteArray()))[..12];

    /// <summary>The address of a file in pages.</summary>
    public static string Url(string path) => $"{path}?v={Version}";

    public IFileInfo GetFileInfo(string subpath) =>
        _files.TryGetValue(subpath.TrimStart('/'), out var file) ? file : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
