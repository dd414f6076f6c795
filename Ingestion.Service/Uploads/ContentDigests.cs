using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>The SHA-256 digests that a request declares of its content (RFC 9530); null where it declares none.</summary>
/// <param name="Content">Of the body as sent.</param>
/// <param name="Representation">Of the file: as sent or decompressed, both are taken.</param>
internal sealed record ContentDigests(byte[]? Content, byte[]? Representation)
{
    private const string Algorithm = "sha-256";

    /// <summary>Nothing is declared.</summary>
    internal static ContentDigests None { get; } = new(Content: null, Representation: null);

    /// <summary>Whether anything is declared.</summary>
    internal bool Any => Content is not null || Representation is not null;

    /// <summary>Reads the headers; null when a SHA-256 is declared but is not one. Other algorithms are ignored, as the RFC says.</summary>
    internal static ContentDigests? Read(IHeaderDictionary headers) =>
        TryRead(headers["Content-Digest"].ToString(), out var content) && TryRead(headers["Repr-Digest"].ToString(), out var representation)
            ? new ContentDigests(content, representation)
            : null;

    /// <summary>Whether the hashes of what came are those declared.</summary>
    internal bool Match(byte[] body, byte[] plain) =>
        (Content is null || Content.AsSpan().SequenceEqual(body))
        && (Representation is null || Representation.AsSpan().SequenceEqual(body) || Representation.AsSpan().SequenceEqual(plain));

    private static bool TryRead(string header, out byte[]? digest)
    {
        digest = null;
        foreach (var member in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = member.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals ? (member[..equals], member[(equals + 1)..]) : (member, "");
            if (!name.Equals(Algorithm, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var bytes = new byte[SHA256.HashSizeInBytes];
            if (value is not [':', .. var encoded, ':'] || !Convert.TryFromBase64String(encoded, bytes, out var length) || length != bytes.Length)
            {
                return false;
            }

            digest = bytes;
        }

        return true;
    }
}
