using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

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
