using System.Buffers;
using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>
/// Appends the body of one request to an upload. Without a checksum every byte that reached the disk counts, whatever happens to the request; with one, all
/// count or none. Bytes are flushed to the disk before the client hears of them.
/// </summary>
internal static class ChunkWriter
{
    private const int BufferBytes = 256 * 1_024;

    /// <summary>Appends; call it with the upload's lock held.</summary>
    internal static async Task<ChunkOutcome> AppendAsync(StoredUpload upload, Stream body, ChunkChecksum? checksum, CancellationToken cancellationToken)
    {
        var offset = upload.Offset;
        await using var data = new FileStream(upload.DataPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        // Longer only after a crash with a checksum pending.
        data.SetLength(offset);
        data.Position = offset;
        await upload.AwaitVerificationAsync(checksum is null ? null : offset, cancellationToken);
        using var hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        ChunkOutcome? outcome = null;
        try
        {
            var fits = await CopyAsync(body, data, upload.Info.Length - offset, hash, cancellationToken);
            outcome = !fits ? ChunkOutcome.TooMany : Matches(checksum, hash) ? ChunkOutcome.Kept : ChunkOutcome.ChecksumMismatch;
            return outcome.Value;
        }
        finally
        {
            // Also when the connection broke: then what came counts, unless a checksum says that it must come whole.
            if (outcome is ChunkOutcome.TooMany or ChunkOutcome.ChecksumMismatch || (outcome is null && checksum is not null))
            {
                data.SetLength(offset);
            }

            data.Flush(flushToDisk: true);
            await upload.AwaitVerificationAsync(offset: null, CancellationToken.None);
        }
    }

    private static bool Matches(ChunkChecksum? checksum, IncrementalHash? hash) =>
        checksum is null || hash is null || checksum.Hash.AsSpan().SequenceEqual(hash.GetHashAndReset());

    /// <summary>False when more bytes come than <paramref name="room"/>.</summary>
    private static async Task<bool> CopyAsync(Stream body, FileStream data, long room, IncrementalHash? hash, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken)) > 0)
            {
                room -= read;
                if (room < 0)
                {
                    return false;
                }

                hash?.AppendData(buffer, 0, read);
                await data.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>What became of the bytes of one request.</summary>
internal enum ChunkOutcome
{
    /// <summary>They are on disk and count.</summary>
    Kept,

    /// <summary>They are not what the client sent: none counts.</summary>
    ChecksumMismatch,

    /// <summary>They are more than the upload was to have: none counts.</summary>
    TooMany,
}

/// <summary>The checksum that a request declares of its body.</summary>
/// <param name="Algorithm">One of <see cref="Names"/>.</param>
/// <param name="Hash">The declared value.</param>
internal sealed record ChunkChecksum(HashAlgorithmName Algorithm, byte[] Hash)
{
    /// <summary>The algorithms, as advertised. SHA-1 is the one that every server of the protocol must know.</summary>
    internal const string Names = "sha256,sha1";

    /// <summary>Reads <c>sha256 Base64</c>; null when the algorithm is unknown or the value is not one of its hashes.</summary>
    internal static ChunkChecksum? Parse(string header)
    {
        var parts = header.Split(' ', 2);
        var (algorithm, size) = parts[0].ToLowerInvariant() switch
        {
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "sha1" => (HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
            _ => (default, 0),
        };
        var hash = new byte[size];
        return size > 0 && parts.Length > 1 && Convert.TryFromBase64String(parts[1].Trim(), hash, out var length) && length == size
            ? new ChunkChecksum(algorithm, hash)
            : null;
    }
}
