using System.Numerics;
using CsCheck;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Duplicates;

public sealed class KeyedHashTests
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 61) - 1;

    /// <summary>The polynomials, computed with numbers of any size: words of seven bytes while eight are left, then byte by byte.</summary>
    [Fact]
    public void Of_AnyBytes_IsBothPolynomialsModuloThePrime() =>
        Gen.Select(Gen.Byte.Array[0, 300], Point, Point).Sample(
            (bytes, first, second) => new KeyedHash(first, second).Of(bytes) == new UInt128((ulong)Polynomial(bytes, first), (ulong)Polynomial(bytes, second)));

    [Fact]
    public void Of_BytesThatDifferAnywhere_Differs() =>
        Gen.Select(Gen.Byte.Array[1, 100], Gen.Int[0, 99], Gen.Byte[1, 255]).Sample((bytes, place, change) =>
        {
            var hash = new KeyedHash();
            byte[] changed = [.. bytes];
            changed[place % bytes.Length] ^= change;
            return hash.Of(bytes) != hash.Of(changed) && hash.Of(bytes) == hash.Of([.. bytes]);
        });

    [Fact]
    public void Of_ZerosOfAnotherNumber_Differs() =>
        Enumerable.Range(0, 100).Select(length => new KeyedHash(3, 5).Of(new byte[length])).Distinct().Count().ShouldBe(100);

    /// <summary>Another process, another file: other points.</summary>
    [Fact]
    public void Of_TheSameBytesByAnother_Differs() => new KeyedHash().Of("a row"u8).ShouldNotBe(new KeyedHash().Of("a row"u8));

    private static Gen<ulong> Point => Gen.ULong[1, (1UL << 61) - 2];

    private static BigInteger Polynomial(byte[] bytes, ulong point)
    {
        var sum = new BigInteger(bytes.Length);
        var rest = bytes.AsSpan();
        while (rest.Length > 0)
        {
            var size = rest.Length >= 8 ? 7 : 1;
            sum = ((sum * point) + new BigInteger(rest[..size], isUnsigned: true)) % Prime;
            rest = rest[size..];
        }

        return sum;
    }
}
