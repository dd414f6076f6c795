using System.Net;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>The lines "Structure" and "Bytes" of the bad-input table.</summary>
public sealed class BadStructureTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    public static TheoryData<string, string, long?> RefusedFiles => new()
    {
        { "", "empty-file", null },
        { "\n\r\n\n", "empty-file", null },
        { "DESCRIPTION,CAMPAIGN,START_DAY,LAST_DAY\nTypeA,1,2,3\n", "unknown-column", 1 },
        { "DESCRIPTION,CAMPAIGN,START_DAY\nTypeA,1,2\n", "missing-column", 1 },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY,NOTE\nTypeA,1,2,3,x\n", "extra-column", 1 },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY,campaign\nTypeA,1,2,3,1\n", "duplicate-column", 1 },
        { "TypeA,1,2,3\nTypeB,2,3,4\n", "no-header", 1 },
        { "Export of 2026\n\nDESCRIPTION,CAMPAIGN,START_DAY,END_DAY\nTypeA,1,2,3\n", "preamble", 1 },
        { "DESCRIPTION;CAMPAIGN;START_DAY;END_DAY\nTypeA;1;2;3\n", "wrong-delimiter", 1 },
        { "DESCRIPTION\tCAMPAIGN\tSTART_DAY\tEND_DAY\nTypeA\t1\t2\t3\n", "wrong-delimiter", 1 },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY\nTypeA,1,2,3\n\"TypeB,2,3,4\nTypeB,3,4,5\n", "open-quote", 3 },
    };

    [Theory]
    [MemberData(nameof(RefusedFiles))]
    public async Task Upload_WrongStructure_IsRefusedWithItsLine(string csv, string code, long? line)
    {
        var files = host.Files();
        using var response = await host.UploadAsync("campaign_desc", csv);

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        (problem.TryGetProperty("line", out var at) ? at.GetInt64() : (long?)null).ShouldBe(line);
        host.Files().ShouldBe(files, ignoreOrder: true);
    }

    [Fact]
    public async Task Upload_FieldOfFiveMegabytes_IsRefused()
    {
        using var response = await host.UploadAsync("product", Csv.File(Csv.ProductHeader, Csv.Product(), Csv.Product(new string('x', 5_000_000))));

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "row-too-long");
        problem.GetProperty("line").GetInt64().ShouldBe(3);
        problem.GetProperty("byteOffset").GetInt64().ShouldBe(Encoding.UTF8.GetByteCount(Csv.ProductHeader) + 1 + "1000000,69,GROCERY,National,BUTTER,BUTTER,1 LB\n".Length);
    }

    [Fact]
    public async Task Upload_HeaderOnly_IsALoadWithoutRowsOrFile()
    {
        var load = await host.LoadAsync("coupon", "COUPON_UPC,PRODUCT_ID,CAMPAIGN\n");

        (load.Read, load.Loaded, load.Quarantined, load.State).ShouldBe((0, 0, 0, "completed"));
        Directory.Exists(Path.Combine(host.Lake, "coupon")).ShouldBeFalse();
    }

    public static TheoryData<string, string> AcceptedHeaders => new()
    {
        { "END_DAY,START_DAY,CAMPAIGN,DESCRIPTION", "240,220,{0},TypeA" },
        { " description , Campaign,start_day ,END_DAY", "TypeA,{0},220,240" },
        { "\"DESCRIPTION\",\"CAMPAIGN\",\"START_DAY\",\"END_DAY\"", "\"TypeA\",\"{0}\",\"220\",\"240\"" },
    };

    [Theory]
    [MemberData(nameof(AcceptedHeaders))]
    public async Task Upload_HeaderReorderedPaddedOrQuoted_IsLoaded(string header, string row)
    {
        var campaign = Csv.Unique();
        var load = await host.LoadAsync("campaign_desc", Csv.File(header, string.Format(System.Globalization.CultureInfo.InvariantCulture, row, campaign)));

        load.Loaded.ShouldBe(1);
        (await Parquet.RowsAsync(host, load, "description, campaign, start_day, end_day")).ShouldBe([$"TypeA|{campaign}|220|240"]);
    }

    public static TheoryData<string, string, string?> QuarantinedRows => new()
    {
        { "TypeA,1,2", "short_row", null },
        { "TypeA,1,2,3,4", "long_row", null },
        { "TypeA,1,2,3,", "long_row", null },
        { "   ", "whitespace_line", null },
        { " \t ", "whitespace_line", null },
        { "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY", "repeated_header", null },
        { "\"TypeA\"x,1,2,3", "text_after_quote", "DESCRIPTION" },
        { "Ty\"peA,1,2,3", "stray_quote", "DESCRIPTION" },
        { "TypeA,1\0,2,3", "nul_byte", null },
        { "household_key,DAY,COUPON_UPC", "short_row", null },
    };

    [Theory]
    [MemberData(nameof(QuarantinedRows))]
    public async Task Upload_OneWrongRow_IsQuarantinedAndTheRestLoaded(string row, string reason, string? column)
    {
        var first = Csv.Campaign();
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, first, row, Csv.Campaign()));

        (load.Read, load.Loaded, load.Quarantined, load.Deduplicated).ShouldBe((3, 2, 1, 0));
        var quarantined = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        quarantined.Reason.ShouldBe(reason);
        quarantined.Column.ShouldBe(column);
        quarantined.Line.ShouldBe(3);
        quarantined.ByteOffset.ShouldBe(Csv.CampaignHeader.Length + 1 + first.Length + 1);
        quarantined.RawText.ShouldBe(row.Replace('\0', '\uFFFD'));
        quarantined.Message.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Upload_SecondTableAppended_IsQuarantinedRowByRow()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign(), "household_key,DAY,COUPON_UPC,CAMPAIGN", "1,421,10000085364,8"));

        (load.Read, load.Loaded, load.Quarantined).ShouldBe((3, 1, 2));
        (await host.QuarantineAsync(load.Id)).Items.Select(row => row.Line).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task Upload_BlankLinesAndMixedLineEnds_AreAccepted()
    {
        var load = await host.LoadAsync("campaign_desc", $"{Csv.CampaignHeader}\r\n\r\n{Csv.Campaign()}\r{Csv.Campaign()}\n\n{Csv.Campaign()}\r\n\r");

        (load.Read, load.Loaded, load.Quarantined, load.BlankLines).ShouldBe((3, 3, 0, 3));
    }

    [Fact]
    public async Task Upload_CarriageReturnsOnly_IsAccepted()
    {
        var load = await host.LoadAsync("campaign_desc", $"{Csv.CampaignHeader}\r{Csv.Campaign()}\r{Csv.Campaign()}\r");

        (load.Read, load.Loaded, load.BlankLines).ShouldBe((2, 2, 0));
    }

    [Fact]
    public async Task Upload_QuotedTexts_KeepCommasQuotesAndLineBreaks()
    {
        var id = Csv.Unique();
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $"{id},69,\"A, \"\"B\"\"\nC\",National,\"\",=cmd(),<script>"));

        load.Loaded.ShouldBe(1);
        (await Parquet.RowsAsync(host, load, "product_id, department, commodity_desc, sub_commodity_desc, curr_size_of_product"))
            .ShouldBe([$"{id}|A, \"B\"\nC||=cmd()|<script>"]);
    }

    [Fact]
    public async Task Upload_FaultBehindQuotedLineBreak_CountsPhysicalLines()
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, Csv.Product("\"two\nlines\""), Csv.Product(brand: "Unknown")));

        (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem().Line.ShouldBe(4);
    }

    [Fact]
    public async Task Upload_Utf8WithMark_IsAcceptedWithOffsetsOfTheFile()
    {
        var first = Csv.Campaign();
        using var response = await host.UploadAsync("campaign_desc", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, first, "TypeA,x,1,2"))]);
        var load = await response.LoadAsync();

        (load.Loaded, load.Quarantined).ShouldBe((1, 1));
        (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem().ByteOffset.ShouldBe(3 + Csv.CampaignHeader.Length + 1 + first.Length + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_Utf16WithMark_IsAccepted(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var id = Csv.Unique();
        using var response = await host.UploadAsync("product", [.. encoding.GetPreamble(), .. encoding.GetBytes(Csv.File(Csv.ProductHeader, $"{id},1,Käse,Private,x,y,z"))]);
        var load = await response.LoadAsync();

        (await Parquet.RowsAsync(host, load, "product_id, department")).ShouldBe([$"{id}|Käse"]);
    }

    [Fact]
    public async Task Upload_InvalidUtf8_IsQuarantined()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes($"{Csv.ProductHeader}\n{Csv.Product()}\n7,1,K"), 0xE4, .. "se,National,x,y,z\n"u8];
        using var response = await host.UploadAsync("product", file);
        var load = await response.LoadAsync();

        var row = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        row.Reason.ShouldBe("invalid_utf8");
        row.RawText.ShouldBe("7,1,K\uFFFDse,National,x,y,z");
    }

    [Fact]
    public async Task Upload_BidirectionalAndZeroWidthText_IsKept()
    {
        var id = Csv.Unique();
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $"{id},1,a\u202Eb\u200Bc,National,x,y,z"));

        (await Parquet.RowsAsync(host, load, "product_id, department")).ShouldBe([$"{id}|a\u202Eb\u200Bc"]);
    }

    [Fact]
    public async Task Upload_CutInsideLastField_IsQuarantinedUnlessAHashSaysItIsWhole()
    {
        var whole = $"{Csv.CampaignHeader}\n{Csv.Campaign()}\n{Csv.Campaign()}";
        var load = await host.LoadAsync("campaign_desc", whole[..^1]);

        (load.Loaded, load.Quarantined).ShouldBe((1, 1));
        (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem().Reason.ShouldBe("unfinished_row");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/loads/campaign_desc") { Content = new StringContent(whole, Encoding.UTF8, "text/csv") };
        request.Content.Headers.Add("Content-Digest", $"sha-256=:{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(whole)))}:");
        using var client = host.Client();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.LoadAsync()).Loaded.ShouldBe(2);
    }
}
