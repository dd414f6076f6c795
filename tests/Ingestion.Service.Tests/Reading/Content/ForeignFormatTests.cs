using System.Net;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Content;

/// <summary>Files that are no CSV are told by how they begin, and the answer says what came.</summary>
public sealed class ForeignFormatTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private const string Sheet = "<?xml version=\"1.0\"?><worksheet/>";

    /// <summary>What a file begins with, from the formats' own specifications, and a word of the answer.</summary>
    public static TheoryData<string, byte[], string> Foreign => new()
    {
        { "bzip2", [.. "BZh91AY&SY"u8, 1, 2, 3], "bzip2" },
        { "xz", [0xFD, .. "7zXZ"u8, 0, 0, 4], "xz" },
        { "lz4", [0x04, 0x22, 0x4D, 0x18, 0x64, 0x40], "lz4" },
        { "7z", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], "7-Zip" },
        { "rar", [.. "Rar!"u8, 0x1A, 7, 1, 0], "RAR" },
        { "tar", Tar(), "tar archive" },
        { "tar.gz", Compressed.Gzip(Tar()), "tar archive" },
        { "zip in gzip", Compressed.Gzip(Zip.Of(("product.csv", "x"))), "zip archive" },
        { "gzip in gzip", Compressed.Gzip(Compressed.Gzip([1])), "compressed twice" },
        { "zstd in gzip", Compressed.Gzip(Zstd.Of([1])), "compressed twice" },
        { "parquet", [.. "PAR1"u8, 0x15, 4, 0x15, 0], "Parquet" },
        { "parquet in gzip", Compressed.Gzip([.. "PAR1"u8, 0x15, 4]), "Parquet" },
        { "arrow", [.. "ARROW1"u8, 0, 0, 0xFF], "Arrow" },
        { "avro", [.. "Obj"u8, 1, 4, 0x14], "Avro" },
        { "sqlite", [.. "SQLite format 3"u8, 0, 16, 0], "SQLite" },
        { "xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "Excel" },
        { "xlsx", Zip.Of(("[Content_Types].xml", Sheet), ("xl/workbook.xml", Sheet), ("xl/worksheets/sheet1.xml", Sheet)), "Excel workbook" },
        { "xlsx in gzip", Compressed.Gzip(Zip.Of(("[Content_Types].xml", Sheet), ("xl/workbook.xml", Sheet))), "spreadsheet" },
        { "docx", Zip.Of(("[Content_Types].xml", Sheet), ("word/document.xml", Sheet)), "Office document" },
        { "ods", Zip.Of(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", Sheet)), "OpenDocument" },
        { "numbers", Zip.Of(("Index/Document.iwa", "x"), ("Metadata/Properties.plist", "y")), "Numbers" },
        { "png", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], "PNG" },
        { "jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], "JPEG" },
        { "pdf", [.. "%PDF-1.7\n"u8], "PDF" },
        { "rds", Compressed.Gzip([.. "X\n"u8, 0, 0, 0, 3]), "R data" },
        { "html", [.. "\n <!DOCTYPE html>\n<html><body>Sign in</body></html>"u8], "HTML" },
        { "html with a mark", [0xEF, 0xBB, 0xBF, .. "<html lang=\"en\">"u8], "HTML" },
        { "html in utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html lang=\"en\">")], "HTML" },
        { "xml", [.. "<?xml version=\"1.0\"?><Workbook/>"u8], "XML" },
        { "json", [.. "[\n  {\"household_key\": 1}]"u8], "JSON" },
        { "json lines", [.. "{\"household_key\":1}\n{\"household_key\":2}\n"u8], "JSON" },
        { "git-lfs", [.. "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"u8], "git-LFS" },
        { "git-annex", [.. "/annex/objects/SHA256E-s12--4d7a.csv\n"u8], "git-annex" },
        { "form", [.. "--boundary\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nPRODUCT_ID\r\n"u8], "multipart" },
        { "nul bytes", [.. "PNG"u8, 0, 0, 0, 1, 2, 3, 4], "not text" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Upload_FileOfAnotherFormat_SaysWhatItIs(string name, byte[] file, string word)
    {
        using var response = await host.UploadAsync("product", file);

        (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "unsupported-format")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(word, Case.Sensitive, name);
    }

    /// <summary>The same words where the file is one of an archive, or comes where an archive should.</summary>
    [Fact]
    public async Task Archive_WithOrInsteadOfAFileOfAnotherFormat_SaysWhatItIs()
    {
        var workbook = Zip.Of(("[Content_Types].xml", Sheet), ("xl/workbook.xml", Sheet));
        (await BatchProblemAsync(workbook, "unsupported-format")).ShouldContain("Excel workbook");
        (await BatchProblemAsync(Tar(), "unsupported-format")).ShouldContain("tar archive");
        (await BatchProblemAsync([.. "DESCRIPTION,CAMPAIGN"u8], "not-an-archive", HttpStatusCode.UnsupportedMediaType)).ShouldNotBeEmpty();
        var mixed = await BatchTextAsync(Zip.Of(
            ("product.csv", workbook), ("coupon.csv", [.. "PAR1"u8, 0x15, 4]), ("campaign_desc.csv", Zip.Of(("campaign_desc.csv", "x"))), ("hh_demographic.xlsx", workbook), ("notes.csv", [1])));
        mixed.ShouldContain("spreadsheet");
        mixed.ShouldContain("Parquet");
        mixed.ShouldContain("urn:dunnhumby:problem:nested-archive");
        mixed.ShouldContain("hh_demographic.xlsx was not read: of an archive, CSV files are");
        mixed.ShouldContain("notes.csv was not read. Name it after its data set");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    [InlineData("IBM037")]
    public async Task Upload_OtherEncodingWithoutAMark_IsAnUnknownEncoding(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var response = await host.UploadAsync("product", Encoding.GetEncoding(encoding).GetBytes(Csv.File(Csv.ProductHeader, Csv.Product())));

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown-encoding");
    }

    /// <summary>A parallel compressor begins with a frame to be skipped, or puts one between others (RFC 8878, 3.1.2).</summary>
    [Fact]
    public async Task Upload_ZstdWithFramesToBeSkipped_IsLoaded()
    {
        byte[] skipped = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 9, 9, 9, 9];
        foreach (var number in (byte[])[0x50, 0x57, 0x5F])
        {
            skipped[0] = number;
            byte[] first = Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, Csv.Campaign()));
            byte[] second = Encoding.UTF8.GetBytes(Csv.File(Csv.Campaign(), Csv.Campaign()));
            using var response = await host.UploadAsync("campaign_desc", [.. skipped, .. Zstd.Of(first), .. skipped, .. Zstd.Of(second), .. skipped]);

            (await response.LoadAsync()).Loaded.ShouldBe(3);
        }
    }

    private async Task<string> BatchProblemAsync(byte[] body, string code, HttpStatusCode status = HttpStatusCode.UnprocessableEntity)
    {
        using var client = host.Client();
        using var content = new ByteArrayContent(body);
        using var response = await client.PostAsync(new Uri("/loads", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (await response.ProblemAsync(status, code)).GetProperty("detail").GetString() ?? "";
    }

    private async Task<string> BatchTextAsync(byte[] body)
    {
        using var client = host.Client();
        using var content = new ByteArrayContent(body);
        using var response = await client.PostAsync(new Uri("/loads", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A header of a tar archive: the name at 0, "ustar" at 257 (POSIX.1-1988).</summary>
    private static byte[] Tar()
    {
        var tar = new byte[1_024];
        "product.csv"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        return tar;
    }
}
