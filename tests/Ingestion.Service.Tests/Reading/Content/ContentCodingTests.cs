using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Content;

/// <summary>What the head of a request says of its body: encodings, digests and types are honoured or refused, never ignored.</summary>
public sealed class ContentCodingTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("zstd")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("identity, gzip")]
    public async Task Upload_WithContentEncoding_IsDecoded(string encoding)
    {
        var plain = Campaigns(500);
        using var response = await PostAsync("/loads/campaign_desc", Encode(encoding, plain), ("Content-Encoding", encoding));

        var load = await response.LoadAsync();
        (load.Loaded, load.Bytes, load.Sha256).ShouldBe((500, plain.Length, Convert.ToHexStringLower(SHA256.HashData(plain))));
    }

    /// <summary>The file itself may be compressed too.</summary>
    [Fact]
    public async Task Upload_CompressedFileWithContentEncoding_IsDecodedTwice()
    {
        var plain = Campaigns(5);
        using var response = await PostAsync("/loads/campaign_desc", Encode("br", Encode("gzip", plain)), ("Content-Encoding", "br"));
        (await response.LoadAsync()).Loaded.ShouldBe(5);

        using var zip = await PostAsync("/loads/campaign_desc", Encode("gzip", Zip.Of(("x.csv", Campaigns(6)))), ("Content-Encoding", "gzip"));
        (await zip.LoadAsync()).Loaded.ShouldBe(6);

        using var batch = await PostAsync("/loads", Encode("zstd", Zip.Of(("campaign_desc.csv", Campaigns(7)))), ("Content-Encoding", "zstd"));
        batch.StatusCode.ShouldBe(HttpStatusCode.Created, await batch.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("compress")]
    [InlineData("aws-chunked")]
    [InlineData("gzip, br")]
    public async Task Upload_WithAnotherContentEncoding_IsAnsweredWith415(string encoding)
    {
        foreach (var address in (string[])["/loads/campaign_desc", "/loads"])
        {
            using var response = await PostAsync(address, Campaigns(1), ("Content-Encoding", encoding));

            await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-content-encoding");
            response.Headers.GetValues("Accept-Encoding").ShouldBe(["gzip, zstd, br"]);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("br")]
    public async Task Upload_BodyThatIsNotWhatItsEncodingSays_IsRefused(string encoding)
    {
        var encoded = Encode(encoding, Campaigns(2_000));
        foreach (var body in (byte[][])[Campaigns(5), encoded[..(encoded.Length / 2)], [.. encoded, .. Campaigns(5)]])
        {
            using var response = await PostAsync("/loads/campaign_desc", body, ("Content-Encoding", encoding));

            await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "damaged-content");
        }

        host.Files().ShouldAllBe(file => !file.Contains("_staging", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("br")]
    public async Task Upload_EncodedBodyThatExplodes_IsAnsweredWith413(string encoding)
    {
        var blankLines = new byte[90_000_000];
        Array.Fill(blankLines, (byte)'\n');
        Encoding.ASCII.GetBytes(Csv.ProductHeader, blankLines);
        using var response = await PostAsync("/loads/product", Encode(encoding, blankLines), ("Content-Encoding", encoding));

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "decompression-bomb");
    }

    /// <summary>Content-Digest is of the body as sent, its encoding included (RFC 9530, 2).</summary>
    [Theory]
    [InlineData("sha-256", true)]
    [InlineData("sha-512", true)]
    [InlineData("sha-256", false)]
    [InlineData("sha-512", false)]
    public async Task Upload_WithDigests_IsCheckedAgainstWhatTheyAreOf(string algorithm, bool isRight)
    {
        var plain = Campaigns(3);
        var body = Encode("gzip", plain);
        var right = Digest(algorithm, body);
        using var content = await PostAsync("/loads/campaign_desc", body, ("Content-Encoding", "gzip"), ("Content-Digest", isRight ? right : Digest(algorithm, plain)));
        using var file = await PostAsync("/loads/campaign_desc", body, ("Content-Encoding", "gzip"), ("Repr-Digest", Digest(algorithm, isRight ? plain : [1])));

        foreach (var response in (HttpResponseMessage[])[content, file])
        {
            if (isRight)
            {
                (await response.LoadAsync()).Loaded.ShouldBe(3);
            }
            else
            {
                await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "digest-mismatch");
            }
        }
    }

    [Fact]
    public async Task Upload_WithTwoDigests_NeedsBothToBeRight()
    {
        var body = Campaigns(3);
        var (right, right512, wrong, wrong512) = (Digest("sha-256", body), Digest("sha-512", body), Digest("sha-256", [1]), Digest("sha-512", [1]));
        foreach (var header in (string[])[$"{right}, {wrong512}", $"{wrong}, {right512}", $"{wrong512}, {right}", $"{right}, {wrong}", $"{wrong}, {right}"])
        {
            using var response = await PostAsync("/loads/campaign_desc", body, ("Content-Digest", header));
            await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "digest-mismatch");
        }

        using var both = await PostAsync("/loads/campaign_desc", body, ("Content-Digest", $"{right}, {right512};note=1, md5=:AAAA:"), ("Repr-Digest", right512));
        both.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("md5=:1B2M2Y8AsgTpgAmY7PhCfg==:")]
    [InlineData("sha=:2jmj7l5rSw0yVb/vlWAYkK/YBwk=:")]
    [InlineData("sha-256=2jmj7l5rSw0yVb/vlWAYkK/YBwk=")]
    [InlineData("sha-256=:2jmj7l5rSw0yVb/vlWAYkK/YBwk=:")]
    [InlineData("sha-256=\"e3b0c44298fc1c149afbf4c8996fb924\"")]
    [InlineData("sha-256")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task Upload_WithADigestThatIsNotKnown_IsAnsweredWith400(string digest)
    {
        foreach (var header in (string[])["Content-Digest", "Repr-Digest"])
        {
            using var response = await PostAsync("/loads/campaign_desc", Campaigns(1), (header, digest));

            (await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-digest")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("sha-256, sha-512");
        }
    }

    /// <summary>Windows says so of CSV files where Excel is installed.</summary>
    [Theory]
    [InlineData("application/vnd.ms-excel")]
    [InlineData("application/vnd.ms-excel; charset=utf-8")]
    [InlineData("text/comma-separated-values")]
    public async Task Upload_CsvOfAnotherType_IsLoaded(string type)
    {
        using var response = await PostAsync("/loads/campaign_desc", Campaigns(2), ("Content-Type", type));

        (await response.LoadAsync()).Loaded.ShouldBe(2);
    }

    private static byte[] Campaigns(int rows) => Encoding.UTF8.GetBytes(Csv.File([Csv.CampaignHeader, .. Enumerable.Range(0, rows).Select(_ => Csv.Campaign())]));

    private static string Digest(string algorithm, byte[] bytes) => $"{algorithm}=:{Convert.ToBase64String(algorithm is "sha-512" ? SHA512.HashData(bytes) : SHA256.HashData(bytes))}:";

    private static byte[] Encode(string encoding, byte[] plain)
    {
        using var target = new MemoryStream();
        using (Stream? encoder = encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" or "identity, gzip" => new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new CompressionStream(target, leaveOpen: true),
            _ => null,
        })
        {
            (encoder ?? target).Write(plain);
        }

        return target.ToArray();
    }

    private async Task<HttpResponseMessage> PostAsync(string address, byte[] body, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (name is "Content-Type")
            {
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                content.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
            }
        }

        using var client = host.Client();
        return await client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
