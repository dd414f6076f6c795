using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>The digests that a request declares of its content (RFC 9530); empty where it declares none.</summary>
/// <param name="Content">Of the body as sent.</param>
/// <param name="Representation">Of the file: as sent or decompressed, both are taken.</param>
internal sealed record ContentDigests(IReadOnlyList<DeclaredDigest> Content, IReadOnlyList<DeclaredDigest> Representation)
{
    /// <summary>The algorithms that are checked.</summary>
    internal const string Algorithms = "sha-256, sha-512";

    /// <summary>Nothing is declared.</summary>
    internal static ContentDigests None { get; } = new([], []);

    /// <summary>Whether anything is declared.</summary>
    internal bool Any => Content.Count + Representation.Count > 0;

    /// <summary>Whether a SHA-512 is declared: it is computed only then.</summary>
    internal bool NeedSha512 => Content.Concat(Representation).Any(digest => digest.IsSha512);

    /// <summary>The declared hash of a file, as it is or decompressed; null when there is none.</summary>
    internal static ContentDigests OfFile(byte[]? sha256) => sha256 is null ? None : new([], [new DeclaredDigest(IsSha512: false, sha256)]);

    /// <summary>
    /// Reads the headers <c>Content-Digest</c> and <c>Repr-Digest</c>, empty where they are not there; null when a digest is not one of its algorithm, or none of a header's algorithms is known: who declares a digest counts on its being
    /// checked. An unknown algorithm beside a known one is left out, as the RFC allows.
    /// </summary>
    internal static ContentDigests? Read(string contentDigest, string reprDigest) =>
        TryRead(contentDigest, out var content) && TryRead(reprDigest, out var representation)
            ? new ContentDigests(content, representation)
            : null;

    /// <summary>Whether the hashes of what came are all of those declared.</summary>
    internal bool Match(ContentHashes body, ContentHashes plain) =>
        Content.All(digest => digest.Matches(body)) && Representation.All(digest => digest.Matches(body) || digest.Matches(plain));

    private static bool TryRead(string header, out List<DeclaredDigest> digests)
    {
        digests = [];
        var members = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var member in members)
        {
            var (name, value) = member.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (member[..equals], member[(equals + 1)..]) : (member, "");
            var size = name.ToLowerInvariant() switch
            {
                "sha-256" => SHA256.HashSizeInBytes,
                "sha-512" => SHA512.HashSizeInBytes,
                _ => 0,
            };
            if (size == 0)
            {
                continue;
            }

            // Parameters may follow; none is defined.
            var hash = new byte[size];
            if (value.Split(';')[0].Trim() is not [':', .. var encoded, ':'] || !Convert.TryFromBase64String(encoded, hash, out var length) || length != size)
            {
                return false;
            }

            digests.Add(new DeclaredDigest(size == SHA512.HashSizeInBytes, hash));
        }

        return digests.Count > 0 || members.Length == 0;
    }
}

/// <summary>One declared hash.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeclaredDigest(bool IsSha512, byte[] Hash)
{
    internal bool Matches(ContentHashes came) => (IsSha512 ? came.Sha512 : came.Sha256) is { } hash && Hash.AsSpan().SequenceEqual(hash);
}

/// <summary>Compares what came with what was declared of it.</summary>
internal static class DeclaredContent
{
    internal const string LengthMismatch = "length-mismatch";
    internal const string DigestMismatch = "digest-mismatch";

    /// <summary>What does not match, if anything.</summary>
    /// <param name="body">Hashes of the body as sent.</param>
    /// <param name="plain">Hashes of the decompressed file; empty when there is none.</param>
    internal static Rejection? Fault(long? declared, ContentDigests digests, long bytes, ContentHashes body, ContentHashes plain)
    {
        if (declared is { } length && length != bytes)
        {
            return new Rejection(LengthMismatch, "The content does not have the declared length", $"{length} bytes were declared, {bytes} came: the file was cut off. Send it again.");
        }

        return digests.Any && !digests.Match(body, plain)
            ? new Rejection(DigestMismatch, "The content does not have the declared hash", "The hash of the received bytes is not the declared one: the file was changed or cut off on its way. Send it again.")
            : null;
    }
}
