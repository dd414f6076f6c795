using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>
/// Bytes as a number of 122 bits, by two polynomials modulo the prime 2⁶¹ − 1, each at a random point that nobody else knows. Two texts of n words have the same
/// number for at most n of the 2⁶¹ points of either: a sender cannot write two rows that look alike, and chance will not produce them. Several times as
/// fast as a cryptographic hash of a short text. (Carter and Wegman, "Universal classes of hash functions", 1979.)
/// </summary>
/// <param name="first">A point of 1 to 2⁶¹ − 2.</param>
/// <param name="second">Another one.</param>
internal sealed class KeyedHash(ulong first, ulong second)
{
    private const ulong Prime = (1UL << PrimeBits) - 1;
    private const int PrimeBits = 61;

    // A word must be smaller than the prime.
    private const int WordBytes = 7;

    /// <summary>At points of its own.</summary>
    internal KeyedHash()
        : this(Point(), Point())
    {
    }

    internal UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        // The length first, or zeros at the beginning would not count.
        var (one, other) = ((ulong)bytes.Length, (ulong)bytes.Length);
        while (bytes.Length >= sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) & ((1UL << (8 * WordBytes)) - 1);
            (one, other) = (Next(one, first, word), Next(other, second, word));
            bytes = bytes[WordBytes..];
        }

        for (; bytes.Length > 0; bytes = bytes[1..])
        {
            (one, other) = (Next(one, first, bytes[0]), Next(other, second, bytes[0]));
        }

        return new UInt128(one, other);
    }

    /// <summary><c>(sum × point + word) mod prime</c>, for a sum and a point below the prime and a word of 56 bits.</summary>
    private static ulong Next(ulong sum, ulong point, ulong word)
    {
        var high = Math.BigMul(sum, point, out var low);
        // 2⁶¹ is 1 modulo the prime: what stands above is added.
        var folded = (low & Prime) + ((high << (64 - PrimeBits)) | (low >> PrimeBits)) + word;
        folded = (folded & Prime) + (folded >> PrimeBits);
        return folded >= Prime ? folded - Prime : folded;
    }

    private static ulong Point()
    {
        ulong point;
        do
        {
            point = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) & Prime;
        }
        while (point is 0 or Prime);

        return point;
    }
}
