using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Resumable;

/// <summary>The resumable uploads, in the lake's staging directory: every replica sees the same ones.</summary>
internal sealed class UploadStore(LakeLayout layout, IOptions<IngestionOptions> options, TimeProvider time)
{
    private const int IdBytes = 16;

    internal Task<StoredUpload> CreateAsync(string owner, long length, string header, UploadMetadata metadata, string? dataset, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        var info = new UploadInfo(id, owner, length, header, metadata.FileName, dataset, metadata.MaxQuarantined, metadata.Sha256, time.GetUtcNow(), Activity.Current?.Id);
        return StoredUpload.CreateAsync(DirectoryOf(id), info, options.Value.UploadLifetime, cancellationToken);
    }

    /// <summary>Null when there is none of this id.</summary>
    internal async Task<StoredUpload?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // An id comes from an address: whatever is not one of ours must not become a path.
        if (id.Length != 2 * IdBytes || !id.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(DirectoryOf(id), StoredUpload.InfoFile), cancellationToken);
            return JsonSerializer.Deserialize<UploadInfo>(bytes, JsonSerializerOptions.Web) is { } info
                ? new StoredUpload(DirectoryOf(id), info, options.Value.UploadLifetime)
                : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    internal IReadOnlyList<string> Ids() =>
        Directory.Exists(layout.Uploads) ? [.. new DirectoryInfo(layout.Uploads).EnumerateDirectories().Select(directory => directory.Name)] : [];

    /// <summary>Removes what a crash left of an upload that was being begun or removed, once it is older than any upload.</summary>
    internal void RemoveRemains(string id)
    {
        var remains = new DirectoryInfo(DirectoryOf(id));
        if (remains.Exists && remains.LastWriteTimeUtc + options.Value.UploadLifetime < time.GetUtcNow().UtcDateTime)
        {
            remains.Delete(recursive: true);
        }
    }

    private string DirectoryOf(string id) => Path.Combine(layout.Uploads, id);
}
