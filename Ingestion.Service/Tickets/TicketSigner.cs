using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.ServiceDefaults.Authentication;

namespace Dunnhumby.Ingestion.Service.Tickets;

/// <summary>
/// Signs and checks upload tickets: expiry, a random number and the fingerprint of the key that asked for it, then their HMAC. The signing key is derived from the configured ingest (else admin) key, so
/// that every replica accepts the tickets of every other one, and a changed key ends them all.
/// </summary>
internal sealed class TicketSigner(IConfiguration configuration, TimeProvider time)
{
    private const int NonceBytes = 16;
    private const int PayloadBytes = sizeof(long) + NonceBytes + KeyNames.FingerprintBytes;

    private readonly byte[] _key = HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(configuration["ApiKeys:Ingest"] ?? configuration["ApiKeys:Admin"] ?? RandomNumberGenerator.GetHexString(64)),
        "dunnhumby upload ticket"u8);

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

    /// <summary>The fingerprint of the key that a ticket was issued for; null when it is not ours or has expired.</summary>
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
        return CryptographicOperations.FixedTimeEquals(expected, ticket[PayloadBytes..])
            && BinaryPrimitives.ReadInt64BigEndian(ticket) > time.GetUtcNow().ToUnixTimeMilliseconds()
                ? Convert.ToHexStringLower(ticket.Slice(sizeof(long) + NonceBytes, KeyNames.FingerprintBytes))
                : null;
    }
}
