using CsCheck;
using Dunnhumby.Lake.Files;
using Dunnhumby.TestSupport.Fuzzing;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>
/// Damaged files against a reader by the book: the same rows, the same rows set aside at the same places, the same refusals, however the bytes arrive.
/// <c>MALFORMED_ITER</c> files are tried, 2,000 when it is not set; <c>CsCheck_Seed</c> repeats one.
/// </summary>
public sealed class ReadingPropertyTests : IDisposable
{
    private static readonly int Iterations = int.TryParse(Environment.GetEnvironmentVariable("MALFORMED_ITER"), out var wanted) ? wanted : 2_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-spool-");
    private readonly LakeLayout _layout;

    public ReadingPropertyTests()
    {
        _layout = new LakeLayout(_folder.FullName);
        Directory.CreateDirectory(_layout.Staging);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Read_DamagedFileInAnyPieces_IsWhatTheBookSays()
    {
        var files = from good in GoodFiles.Any
                    from file in Mutations.Of(good.Csv)
                    from piece in Gen.Frequency((2, Gen.Const(1)), (2, Pick.From(2, 3, 7, 13, 61, 997)), (1, Gen.Const(1 << 20)))
                    from whole in Gen.Bool
                    select (good.Table, File: file, Piece: piece, Whole: whole);

        await files.SampleAsync(
            async given =>
            {
                var expected = ReferenceReader.Read(given.Table, given.File, given.Whole);
                var actual = await ServiceReader.ReadAsync(given.Table, given.File, given.Piece, _layout, given.Whole).WaitAsync(Limit, CancellationToken.None);
                actual.ShouldBe(expected);
                return expected switch
                {
                    { IsRefused: true } => "refused",
                    { Quarantined.Count: > 0, Rows.Count: > 0 } => "loaded but for some rows",
                    { Rows.Count: > 0 } => "loaded",
                    _ => "without a good row",
                };
            },
            writeLine: TestContext.Current.SendDiagnosticMessage,
            iter: Iterations,
            print: given => $"{given.Table.Name} in pieces of {given.Piece}, {(given.Whole ? "" : "not ")}known whole:\n{System.Text.Encoding.Latin1.GetString(given.File).ReplaceLineEndings("⏎\n")}\n{Convert.ToHexString(given.File)}");
    }
}
