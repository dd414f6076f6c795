using System.Text;
using CsCheck;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Rows;

/// <summary>Files of random good rows with planted defects, fed in random pieces: exactly the planted defects are found, where they are.</summary>
public sealed class RowLoaderPropertyTests
{
    /// <summary>How a good row of transactions is spoilt, and the reason that must be found.</summary>
    private static readonly (string Reason, Func<string, string> Spoil)[] Defects =
    [
        (Reasons.ShortRow, row => row[..row.LastIndexOf(',')]),
        (Reasons.LongRow, row => row + ",1"),
        (Reasons.WhitespaceLine, _ => "  "),
        (Reasons.NotANumber, row => "x" + row),
        (Reasons.StrayQuote, row => row.Insert(row.IndexOf(',', StringComparison.Ordinal), "\"")),
        (Reasons.TextAfterQuote, row => "\"1\"2" + row[row.IndexOf(',', StringComparison.Ordinal)..]),
        (Reasons.MissingValue, row => row[row.IndexOf(',', StringComparison.Ordinal)..]),
        (Reasons.NulByte, row => row + "\0"),
        (Reasons.RepeatedHeader, _ => Csv.TransactionHeader),
    ];

    private static readonly Gen<(string Row, int Cents)> GoodRow =
        from household in Gen.Int[1, 2_500]
        from basket in Gen.Long[26_984_851_472, 42_305_362_535]
        from day in Gen.Int[1, 711]
        from product in Gen.Int[25_671, 18_316_298]
        from cents in Gen.Int[0, 20_000]
        from style in Gen.Int[0, 3]
        select (Write(household, basket, day, product, cents, style), cents);

    private static readonly Gen<((string Row, int Cents) Good, int Defect)[]> Lines = Gen.Select(GoodRow, Gen.Int[-40, Defects.Length - 1]).Array[0, 400];

    [Fact]
    public void Take_RandomFileInRandomPieces_FindsExactlyThePlantedDefects() =>
        Gen.Select(Lines, Gen.Int[1, 3_000], Gen.Int[0, 2]).Sample((lines, piece, style) =>
        {
            var lineEnd = ((string[])["\n", "\r\n", "\r"])[style];
            var file = new StringBuilder(Csv.TransactionHeader).Append(lineEnd);
            List<(long Line, long Offset, string Reason, string Raw)> planted = [];
            foreach (var (index, line) in lines.Index())
            {
                var text = line.Defect < 0 ? line.Good.Row : Defects[line.Defect].Spoil(line.Good.Row.Replace("\"", "", StringComparison.Ordinal));
                if (line.Defect >= 0)
                {
                    planted.Add((index + 2, file.Length, Defects[line.Defect].Reason, text.Replace('\0', '\uFFFD')));
                }

                file.Append(text).Append(lineEnd);
            }

            var (loader, found) = Load(Encoding.ASCII.GetBytes(file.ToString()), piece);

            found.Select(row => (row.Line, row.ByteOffset, row.Reason, row.RawText)).ShouldBe(planted);
            loader.Rows.Read.ShouldBe(lines.Length);
            loader.Batch.Rows.ShouldBe(lines.Length - planted.Count);
            var cents = ((Int32Buffer)loader.Batch.Columns[5]).Values[..loader.Batch.Rows].ToArray();
            cents.ShouldBe(lines.Where(line => line.Defect < 0).Select(line => line.Good.Cents));
        });

    private static (RowLoader Loader, List<QuarantinedRow> Quarantined) Load(byte[] file, int piece)
    {
        var folder = Directory.CreateTempSubdirectory("dunnhumby-spool-");
        try
        {
            var layout = new LakeLayout(folder.FullName);
            Directory.CreateDirectory(layout.Staging);
            using var spool = new QuarantineSpool(layout, capacity: 1_000);
            using var loader = new RowLoader(LakeTables.Transactions, spool, new IngestionOptions());
            var start = 0;
            for (var end = Math.Min(piece, file.Length); ; end = Math.Min(end + piece, file.Length))
            {
                loader.Take(file.AsSpan(start..end), isLast: end == file.Length, out var taken).ShouldBe(LoadStep.NeedsData);
                start += taken;
                if (end == file.Length)
                {
                    return (loader, [.. spool.Rows(spool.Count)]);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The same row as different exporters write it: plain, with needless zeros, quoted, padded.</summary>
    private static string Write(int household, long basket, int day, int product, int cents, int style)
    {
        var amount = style == 1 ? $"{cents / 100}.{cents % 100:00}" : $"{cents / 100m:0.##}";
        return style switch
        {
            2 => $"\"{household}\",\"{basket}\",{day},{product},1,\"{amount}\",300,-0.5,930,29,0,0",
            3 => $"{household} ,{basket}, {day},{product},1, {amount},300,-0.50,0930,29,0,0",
            _ => $"{household},{basket},{day},{product},1,{amount},300,-0.5,930,29,0,0",
        };
    }
}
