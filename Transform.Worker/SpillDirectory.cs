using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker;

/// <summary>Where DuckDB spills when no place is configured: a directory of an unpredictable name that only this account enters. It goes with the process.</summary>
internal sealed class SpillDirectory : IPostConfigureOptions<TransformOptions>, IDisposable
{
    private readonly Lazy<DirectoryInfo> _own = new(() => Directory.CreateTempSubdirectory("dunnhumby-transform-"));

    public void PostConfigure(string? name, TransformOptions options)
    {
        if (options.TempDirectory.Length == 0)
        {
            options.TempDirectory = _own.Value.FullName;
        }
        else if (!Directory.Exists(options.TempDirectory))
        {
            PrivateFiles.CreateDirectory(options.TempDirectory);
        }
    }

    public void Dispose()
    {
        if (_own.IsValueCreated && _own.Value.Exists)
        {
            _own.Value.Delete(recursive: true);
        }
    }
}
