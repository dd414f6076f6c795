using CsCheck;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Rows;

/// <summary>A quote that opens in one row and closes rows later makes one row of them, which may be right.</summary>
public sealed class SwallowedRowsTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    public static TheoryData<string[]> Swallowing =>
    [
        // Opens in the last field of a row and closes at the end of another one.
        (string[])["{0},1,G,National,B,B,\"22 IN", "2,1,G,National,B,B,23 IN", "3,1,G,National,B,B,24 IN\""],
        (string[])["{0},1,G,National,B,B,\"22 IN", "2,1,G,National,B,B,24 IN\""],

        // In the middle of both: no line of the text is a row by itself.
        (string[])["{0},1,\"G,National,B,B,22 IN", "2,1,G\",National,B,B,24 IN"],
        (string[])["{0},1,\"G,National,B,B,22 IN", "2,1,G,National,B,B,23 IN", "3,1,G\",National,B,B,24 IN"],

        // Its own row is broken, and a whole one is in the text.
        (string[])["{0},1,\"G", "2,1,G,National,B,B,23 IN", "H\",National,B,B,22 IN"],
        (string[])["{0},1,\"", "2,1,G,Private,,,", "\",National,B,B,22 IN"],

        // The row inside has quotes of its own, which are doubled.
        (string[])["{0},1,\"G", "2,1,\"\"A, B\"\",National,B,B,23 IN", "H\",National,B,B,22 IN"],
    ];

    [Theory]
    [MemberData(nameof(Swallowing))]
    public async Task Upload_QuoteOverRowsOfTheTable_IsSetAsideWithItsLine(string[] lines)
    {
        foreach (var lineEnd in (string[])["\n", "\r\n", "\r"])
        {
            var first = Csv.Product();
            var csv = string.Join(lineEnd, [Csv.ProductHeader, first, .. lines.Select(line => string.Format(null, line, Csv.Unique())), Csv.Product(), ""]);
            var load = await host.LoadAsync("product", csv);

            (load.Read, load.Loaded, load.Quarantined, load.MultilineFields, load.FirstMultilineLine).ShouldBe((3, 2, 1, 0, null));
            var row = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
            (row.Line, row.Reason).ShouldBe((3, "swallowed_rows"));
        }
    }

    [Fact]
    public async Task Upload_TextThatSpansLines_IsLoadedAndCounted()
    {
        var load = await host.LoadAsync("product", Csv.File(
            Csv.ProductHeader,
            Csv.Product(),
            $"{Csv.Unique()},1,\"two\nlines\",National,B,B,\"a\r\nb\rc\"",
            $"{Csv.Unique()},1,\"one line\",National,B,B,1 LB",
            $"{Csv.Unique()},1,G,National,B,B,\"1\n\""));

        (load.Loaded, load.Quarantined, load.MultilineFields, load.FirstMultilineLine).ShouldBe((4, 0, 3, 3));
        (await host.GetAsync(load.Id)).ShouldBe(load);
        (await Parquet.RowsAsync(host, load, "department,curr_size_of_product")).ShouldBe(["GROCERY|1 LB", "two\nlines|a\r\nb\rc", "one line|1 LB", "G|1\n"]);
    }

    [Fact]
    public async Task Upload_TextOfLinesInTheFirstColumn_IsNoSwallowedRow()
    {
        // Its second line is a row by itself, the quotes left out: one line is not enough.
        const string Header = "AGE_DESC,MARITAL_STATUS_CODE,INCOME_DESC,HOMEOWNER_DESC,HH_COMP_DESC,HOUSEHOLD_SIZE_DESC,KID_CATEGORY_DESC,household_key";
        var load = await host.LoadAsync("hh_demographic", Csv.File(Header, $"\"45\n-54\",A,1,2,3,4,5,{Csv.Unique()}"));

        (load.Loaded, load.MultilineFields, load.FirstMultilineLine).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Upload_WithoutTextThatSpansLines_SaysSo() =>
        (await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()))).MultilineFields.ShouldBe(0);

    /// <summary>Wherever a quote opens in one row and closes in another, the rows between are in quarantine or the file is refused: none is lost in silence.</summary>
    [Fact]
    public Task Upload_QuoteOpenedAndClosedAnywhere_LosesNoRowInSilence() =>
        Gen.Select(Gen.Int[2, 8], Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Bool).SampleAsync(
            async (rows, from, to, atFieldEnds) =>
            {
                var lines = Enumerable.Range(0, rows).Select(_ => Csv.Product()).ToArray();
                var opens = from % (rows - 1);
                var closes = opens + 1 + (to % (rows - 1 - opens));
                lines[opens] = Insert(lines[opens], from, before: true);
                lines[closes] = Insert(lines[closes], to, before: !atFieldEnds);
                using var response = await host.UploadAsync("product", Csv.File([Csv.ProductHeader, .. lines]));
                if (response.IsSuccessStatusCode)
                {
                    var load = await response.LoadAsync();
                    load.Loaded.ShouldBeLessThanOrEqualTo(rows - (closes - opens + 1), string.Join('\n', lines));
                    load.Quarantined.ShouldBeGreaterThan(0, string.Join('\n', lines));
                }
            },
            iter: 60,
            threads: 1);

    /// <summary>Puts a quote at the beginning or end of one of the fields.</summary>
    private static string Insert(string row, int field, bool before)
    {
        var fields = row.Split(',');
        var index = field % fields.Length;
        fields[index] = before ? "\"" + fields[index] : fields[index] + "\"";
        return string.Join(',', fields);
    }
}
