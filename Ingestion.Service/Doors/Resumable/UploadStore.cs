using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>The resumable uploads, in the lake's staging directory: every replica sees the same ones.</summary>
internal sealed class UploadStore(LakeLayout layout, IOptions<IngestionOptions> options, TimeProvider time)
{
    private const int IdBytes = 16;

    /// <param name="concat">The header of a part; null for a whole file.</param>
    internal Task<StoredUpload> CreateAsync(string owner, string by, long length, UploadMetadata metadata, string? dataset, string? concat, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(2 * IdBytes, lowercase: true);
        var info = new UploadInfo(id, owner, length, metadata.Header, metadata.FileName, dataset, metadata.MaxQuarantined, metadata.Sha256, time.GetUtcNow(), Activity.Current?.Id) { By = by, Concat = concat };
        return StoredUpload.CreateAsync(DirectoryOf(id), info, options.Value.UploadLifetime, cancellationToken);
    }

    /// <summary>
    /// Puts whole parts together; null while somebody works on one of them. The same parts with the same words are the same upload: a client whose connection broke
    /// asks again and gets the address that it missed.
    /// </summary>
    internal Task<StoredUpload?> JoinAsync(string owner, string by, IReadOnlyList<StoredUpload> parts, UploadMetadata metadata, string? dataset, string concat, CancellationToken cancellationToken)
    {
        var ids = parts.Select(part => part.Info.Id).ToList();
        var id = JoinedId(owner, ids, metadata);
        var length = parts.Sum(part => part.Info.Length);
        var info = new UploadInfo(id, owner, length, metadata.Header, metadata.FileName, dataset, metadata.MaxQuarantined, metadata.Sha256, time.GetUtcNow(), Activity.Current?.Id) { By = by, Concat = concat, Parts = ids };
        return StoredUpload.JoinAsync(DirectoryOf(id), info, parts, options.Value.UploadLifetime, cancellationToken);
    }

    /// <summary>The upload that these parts were put together to before; null when they were not.</summary>
    internal Task<StoredUpload?> FindJoinedAsync(string owner, IReadOnlyList<string> parts, UploadMetadata metadata, CancellationToken cancellationToken) =>
        FindAsync(JoinedId(owner, parts, metadata), cancellationToken);

    /// <summary>Removes the parts of an upload that is finished; one that somebody works on goes when it expires.</summary>
    internal async Task RemovePartsAsync(StoredUpload finished, CancellationToken cancellationToken)
    {
        foreach (var id in finished.Info.Parts.Distinct(StringComparer.Ordinal))
        {
            if (await FindAsync(id, cancellationToken) is { } part && part.TryLock() is { } held)
            {
                using (held)
                {
                    part.Remove();
                }
            }
        }
    }

    /// <summary>Null when there is none of this id.</summary>
    internal async Task<StoredUpload?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // An id comes from an address: anything that is not one of our ids must not become a path.
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

    /// <summary>Why a key may not begin one more upload of so many bytes; null if it may. Finished uploads do not count, and neither do the bytes of uploads that join parts.</summary>
    internal async Task<Rejection?> QuotaFaultAsync(string owner, long length, CancellationToken cancellationToken)
    {
        var (count, bytes) = (0, 0L);
        foreach (var id in Ids())
        {
            if (!StoredUpload.IsFinishedIn(DirectoryOf(id)) && await FindAsync(id, cancellationToken) is { } upload && string.Equals(upload.Info.Owner, owner, StringComparison.Ordinal))
            {
                count++;
                bytes += upload.IsFinal ? 0 : upload.Info.Length;
            }
        }

        var (most, mostBytes) = (options.Value.MaxStoredUploads, options.Value.MaxStoredUploadBytes);
        return count < most && bytes + length <= mostBytes
            ? null
            : new Rejection(
                "upload-quota",
                "This key has too many unfinished uploads",
                FormattableString.Invariant($"{count} uploads of {bytes:#,0} bytes are not finished; {most} of {mostBytes:#,0} bytes are allowed. Finish some, or remove them with DELETE /uploads/{{id}}."))
            { Kind = RejectionKind.TooMuch };
    }

    /// <summary>Removes what a crash left of an upload that was being begun or removed, once it is older than any upload.</summary>
    internal void RemoveRemains(string id)
    {
        var remains = new DirectoryInfo(DirectoryOf(id));
        if (remains.Exists && remains.LastWriteTimeUtc + options.Value.UploadLifetime < time.GetUtcNow().UtcDateTime)
        {
            remains.Delete(recursive: true);
        }
    }

    /// <summary>As hard to guess as the ids of the parts, which nobody but their sender knows.</summary>
    private static string JoinedId(string owner, IReadOnlyList<string> parts, UploadMetadata metadata) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{string.Join(' ', parts)}\n{metadata.Header}")).AsSpan(0, IdBytes));

    private string DirectoryOf(string id) => Path.Combine(layout.Uploads, id);
}
