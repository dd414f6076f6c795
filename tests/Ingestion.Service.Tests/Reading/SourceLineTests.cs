using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.Ingestion.Service.Tests.Loading.Replays;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>On which line of which file each row of the lake was. The lines were counted by hand, as an editor shows them; DuckDB reads what was written.</summary>
public sealed class SourceLineTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    public enum Form
    {
        Lf,
        CrLf,
        Cr,
        Marked,
        Utf16,
        Gzip,
        Zstd,
        Zip,
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Form.Lf)]
    [InlineData(Form.CrLf)]
    [InlineData(Form.Cr)]
    [InlineData(Form.Marked)]
    [InlineData(Form.Utf16)]
    [InlineData(Form.Gzip)]
    [InlineData(Form.Zstd)]
    [InlineData(Form.Zip)]
    public async Task Upload_InAnyForm_KeepsTheLineOfEachRow(Form form)
    {
        // Lines 1 and 2 are blank, 3 is the header, 5 is blank, 6 and 9 are faulty.
        var csv = Csv.File(
            "", "", Csv.TransactionHeader, Csv.Transaction("PRODUCT_ID", "4"), "", Csv.Transaction("DAY", "never"), Csv.Transaction("PRODUCT_ID", "7"),
            Csv.Transaction("PRODUCT_ID", "8"), Csv.Transaction("DAY", "never"), Csv.Transaction("PRODUCT_ID", "10"));

        using var response = await host.UploadAsync("transaction_data", Sent(csv, form));
        var load = await response.LoadAsync();

        (await Parquet.RowsAsync(host, load, "product_id,source_line")).ShouldBe(["4|4", "7|7", "8|8", "10|10"]);
        (await host.QuarantineAsync(load.Id)).Items.Select(row => row.Line).ShouldBe([6, 9]);
        load.FileName.ShouldBe(form is Form.Zip ? "day 1.csv" : null);
    }

    [Fact]
    public async Task Upload_QuotedFieldsThatSpanLines_CountsFromTheFirstLineOfTheRow()
    {
        var (first, second, last) = (Csv.Unique(), Csv.Unique(), Csv.Unique());
        var load = await host.LoadAsync(
            "product",
            Csv.ProductHeader + "\n"
            + $"{first},69,GROCERY,National,BUTTER,BUTTER,\"1\r\nLB\"\n" // Lines 2 and 3.
            + $"{Csv.Unique()},69,\"GRO\nCERY\",Nobody,BUTTER,BUTTER,1 LB\n" // Lines 4 and 5: no such brand.
            + $"{second},69,\"GRO\r\rCERY\",National,BUTTER,BUTTER,1 LB\r\n" // Lines 6 to 8.
            + $"{last},69,GROCERY,National,BUTTER,BUTTER,1 LB\n"); // Line 9.

        (await host.QuarantineAsync(load.Id)).Items.Select(row => $"{row.Line} {row.Reason}").ShouldBe(["4 unknown_code"]);
        (await Parquet.RowsAsync(host, load, "product_id,source_line")).ShouldBe([$"{first}|2", $"{second}|6", $"{last}|9"]);
    }

    [Fact]
    public async Task Upload_RepeatsOfAKey_KeepsTheLineOfTheFirst()
    {
        var (repeated, other) = (Csv.Product(), Csv.Product());
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, repeated, repeated, other, repeated));

        (await Parquet.RowsAsync(host, load, "product_id,source_line")).ShouldBe([$"{repeated.Split(',')[0]}|2", $"{other.Split(',')[0]}|4"]);
    }

    [Fact]
    public async Task Upload_OfSeveralRowGroups_KeepsTheLineOfEveryRow()
    {
        // Three row groups of 131,072, 131,072 and 37,856 rows. The key is the row's position, so that its line is known: the first row is on line 2.
        const int Rows = 300_000;
        var csv = new StringBuilder("DESCRIPTION,household_key,CAMPAIGN\n");
        for (var row = 0; row < Rows; row++)
        {
            csv.Append("TypeA,").Append(row + 1).Append(",77\n");
        }

        var load = await host.LoadAsync("campaign_table", csv.ToString());

        load.Loaded.ShouldBe(Rows);
        (await Parquet.QueryAsync(
            $"select concat_ws('|', count(*), count(*) filter (source_line = household_key + 1)) from read_parquet('{Parquet.FilesOf(host, load)}')"))
            .ShouldBe([$"{Rows}|{Rows}"]);

        // As differences of one the lines of a row group take a few bytes, whatever their number.
        var bytes = long.Parse((await Parquet.QueryAsync(
            $"select sum(total_compressed_size)::varchar from parquet_metadata('{Parquet.FilesOf(host, load)}') where path_in_schema = 'source_line'"))[0]);
        bytes.ShouldBeLessThan(3_000);
    }

    [Fact]
    public async Task Upload_ArchiveOfTwoFiles_CountsLinesAndNamesFilesByEntry()
    {
        var (product, campaign) = (Csv.Product(), Csv.Campaign());
        var archive = Zip.Of(("new/product_2.csv", Csv.File(Csv.ProductHeader, "", product)), ("new/campaign_desc.csv", Csv.File(Csv.CampaignHeader, campaign)));
        using var content = new ByteArrayContent(archive);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var client = host.Client();
        using var response = await client.PostAsync(new Uri("/loads", UriKind.Relative), content, Cancelled);
        var batch = await response.Content.ReadFromJsonAsync<Batch>(Cancelled);

        var loads = batch.ShouldNotBeNull().Files.Select(file => file.Load.ShouldNotBeNull()).ToDictionary(load => load.Dataset, StringComparer.Ordinal);
        (loads["product"].FileName, loads["campaign_desc"].FileName).ShouldBe(("product_2.csv", "campaign_desc.csv"));
        (await Parquet.RowsAsync(host, loads["product"], "source_line")).ShouldBe(["3"]);
        (await Parquet.RowsAsync(host, loads["campaign_desc"], "source_line")).ShouldBe(["2"]);
    }

    [Theory]
    [InlineData("attachment; filename=\"campaign_desc (3).csv\"", "campaign_desc (3).csv")]
    [InlineData("attachment; filename*=UTF-8''pr%C3%A9vu.csv", "prévu.csv")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "passwd")]
    [InlineData("attachment; filename=../../etc/passwd", null)]
    [InlineData("attachment", null)]
    public async Task Upload_WithContentDisposition_KeepsTheNameOfTheFile(string disposition, string? expected)
    {
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv");
        content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        using var client = host.Client();
        using var response = await client.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, Cancelled);
        var load = await response.LoadAsync();

        load.FileName.ShouldBe(expected);
        (await host.GetAsync(load.Id)).FileName.ShouldBe(expected);
    }

    [Fact]
    public async Task Replay_OfQuarantinedRows_KeepsTheLinesOfTheRowsThatItMends()
    {
        // Lines 3, 5 and 6 are faulty; line 6 is mended to text of two lines, which does not change where it was.
        var (good, mended, long2, dropped) = (Csv.Unique(), Csv.Unique(), Csv.Unique(), Csv.Unique());
        var load = await host.LoadAsync("product", Csv.File(
            Csv.ProductHeader,
            $"{good},69,GROCERY,National,BUTTER,BUTTER,1 LB",
            $"{dropped},69,GROCERY,Nobody,BUTTER,BUTTER,1 LB",
            "",
            $"{long2},69,GROCERY,Nobody,BUTTER,BUTTER,1 LB",
            $"{mended},69,GROCERY,Nobody,BUTTER,BUTTER,1 LB"), "?maxQuarantined=5");

        var replay = await host.ReplayAsync(
            load.Id,
            new RowEdit(RowEditKinds.Drop, Lines: [3]),
            new RowEdit(RowEditKinds.Row, Lines: [5], To: $"{long2},69,GROCERY,National,BUTTER,\"BUT\nTER\",1 LB"),
            new RowEdit(RowEditKinds.Set, Lines: [6], Field: "BRAND", To: "Private"));

        (await Parquet.RowsAsync(host, load, "product_id,source_line")).ShouldBe([$"{good}|2"]);
        (await Parquet.RowsAsync(host, replay.Load, "product_id,source_line")).ShouldBe([$"{long2}|5", $"{mended}|6"]);
        replay.Load.FileName.ShouldBeNull();
    }

    private static byte[] Sent(string csv, Form form) => form switch
    {
        Form.Lf => Encoding.UTF8.GetBytes(csv),
        Form.CrLf => Encoding.UTF8.GetBytes(csv.Replace("\n", "\r\n", StringComparison.Ordinal)),
        Form.Cr => Encoding.UTF8.GetBytes(csv.Replace('\n', '\r')),
        Form.Marked => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(csv)],
        Form.Utf16 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(csv)],
        Form.Gzip => Compressed.Gzip(csv),
        Form.Zstd => Zstd.Of(Encoding.UTF8.GetBytes(csv)),
        Form.Zip => Zip.Of(("folder/day 1.csv", csv)),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form."),
    };
}
