using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>
/// Signs and checks upload tickets: expiry, a random number and the fingerprint of the key that asked for it, then their HMAC. The signing key comes from the
/// deployment's secret, so that every replica accepts the tickets of every other one; another secret ends all tickets, and a key that is taken away ends its own.
/// </summary>
internal sealed class TicketSigner(IOptions<SigningOptions> signing, ApiKeyRing keys, TimeProvider time)
{
    /// <summary>A ticket that claims to be good for longer is not accepted, whoever signed it.</summary>
    internal static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);

    private const int NonceBytes = 16;
    private const int PayloadBytes = sizeof(long) + NonceBytes + KeyNames.FingerprintBytes;

    private readonly byte[] _key = signing.Value.KeyFor("upload ticket");

    /// <param name="issuer">The fingerprint of the key: what a ticket begins, another ticket of the same key may go on with.</param>
    internal string Issue(DateTimeOffset expiresAt, string issuer)
    {
        Span<byte> ticket = stackalloc byte[PayloadBytes + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(ticket, expiresAt.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(ticket.Slice(sizeof(long), NonceBytes));
        Convert.FromHexString(issuer, ticket.Slice(sizeof(long) + NonceBytes, KeyNames.FingerprintBytes), out _, out _);
        HMACSHA256.HashData(_key, ticket[..PayloadBytes], ticket[PayloadBytes..]);
        return Base64Url.EncodeToString(ticket);
    }

    /// <summary>The fingerprint of the key that a ticket was issued for; null when it is not ours, has expired, claims to be good for too long, or its key is no longer accepted.</summary>
    internal string? IssuerOf(string presented)
    {
        Span<byte> ticket = stackalloc byte[PayloadBytes + HMACSHA256.HashSizeInBytes];
        if (!Base64Url.IsValid(presented, out var length) || length != ticket.Length)
        {
            return null;
        }

        Base64Url.DecodeFromChars(presented, ticket);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, ticket[..PayloadBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, ticket[PayloadBytes..]))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var expires = BinaryPrimitives.ReadInt64BigEndian(ticket);
        var issuer = Convert.ToHexStringLower(ticket.Slice(sizeof(long) + NonceBytes, KeyNames.FingerprintBytes));
        return expires > now.ToUnixTimeMilliseconds() && expires <= (now + LongestLifetime).ToUnixTimeMilliseconds() && keys.Knows(issuer) ? issuer : null;
    }
}
