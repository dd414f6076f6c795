using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dunnhumby.Ingestion.Service.Tickets;

/// <summary>
/// Signs and checks upload tickets: expiry and a random number, then their HMAC. The signing key is derived from the configured ingest (else admin) key, so
/// that every replica accepts the tickets of every other one, and a changed key ends them all.
/// </summary>
internal sealed class TicketSigner(IConfiguration configuration, TimeProvider time)
{
    private const int NonceBytes = 16;
    private const int PayloadBytes = sizeof(long) + NonceBytes;

    private readonly byte[] _key = HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(configuration["ApiKeys:Ingest"] ?? configuration["ApiKeys:Admin"] ?? RandomNumberGenerator.GetHexString(64)),
        "dunnhumby upload ticket"u8);

    internal string Issue(DateTimeOffset expiresAt)
    {
        Span<byte> ticket = stackalloc byte[PayloadBytes + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(ticket, expiresAt.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(ticket.Slice(sizeof(long), NonceBytes));
        HMACSHA256.HashData(_key, ticket[..PayloadBytes], ticket[PayloadBytes..]);
        return Base64Url.EncodeToString(ticket);
    }

    /// <summary>Whether a ticket was issued with our key and has not expired.</summary>
    internal bool IsValid(string presented)
    {
        Span<byte> ticket = stackalloc byte[PayloadBytes + HMACSHA256.HashSizeInBytes];
        if (!Base64Url.IsValid(presented, out var length) || length != ticket.Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(presented, ticket);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, ticket[..PayloadBytes], expected);
        return CryptographicOperations.FixedTimeEquals(expected, ticket[PayloadBytes..])
            && BinaryPrimitives.ReadInt64BigEndian(ticket) > time.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
