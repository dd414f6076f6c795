using CsCheck;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Duplicates;

/// <summary>The table of keys outside the collector's heap, compared with the framework's dictionary.</summary>
public sealed class KeyTableTests
{
    private const int MaxKeys = 3_000;

    // Few different keys, zero among them and neighbours that differ in either half, so that they repeat, and enough for several growths.
    private static readonly Gen<UInt128> Keys = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2_000], (high, low) => new UInt128((ulong)high, (ulong)low));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Judge_AnyRows_SaysWhatADictionarySays(bool hasContent) => Gen.Select(Keys, Gen.Int[0, 3]).Array[0, 8_000].Sample(
        rows =>
        {
            using var table = new KeyTable(MaxKeys, hasContent);
            var expected = new Dictionary<UInt128, int>();
            foreach (var (key, content) in rows)
            {
                var verdict = expected.TryGetValue(key, out var first)
                    ? (!hasContent || first == content ? Verdict.Repeat : Verdict.Conflict)
                    : (expected.Count == MaxKeys ? Verdict.NoRoom : Verdict.New);
                if (verdict is Verdict.New)
                {
                    expected.Add(key, content);
                }

                table.Judge(key, (UInt128)content).ShouldBe(verdict);
            }
        },
        iter: 50);

    [Fact]
    public void Judge_AfterItWasGivenBack_Throws()
    {
        var table = new KeyTable(MaxKeys, hasContent: true);
        table.Dispose();

        Should.Throw<ObjectDisposedException>(() => table.Judge(1, 1));
    }
}
