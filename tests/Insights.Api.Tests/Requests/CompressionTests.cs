using System.IO.Compression;
using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Requests;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class CompressionTests(PublishedInsights insights)
{
    [Theory]
    [InlineData("/tables/household_summary", "application/json", "br", "br")]
    [InlineData("/tables/household_summary", "text/csv", "gzip", "gzip")]
    [InlineData("/tables/household_summary/rows", "application/json", "br", "br")]
    [InlineData("/tables/household_summary/rows?format=csv", "application/json", "gzip", "gzip")]
    [InlineData("/tables/household_summary", "application/json", "gzip;q=0.5, br;q=0.1", "gzip")]
    [InlineData("/households", "application/json", "gzip, deflate, br, zstd", "br")]
    [InlineData("/version", "*/*", "gzip", "gzip")]
    public async Task Get_EncodingAccepted_IsTheSameAnswerInFewerBytes(string address, string accept, string accepted, string expected)
    {
        var plain = await BytesAsync(address, ("Accept", accept));
        using var response = await insights.Client.SendAsync(HttpMethod.Get, address, ("Accept", accept), ("Accept-Encoding", accepted));

        response.Content.Headers.ContentEncoding.ShouldBe([expected]);
        response.Headers.Vary.Contains("Accept-Encoding", StringComparer.OrdinalIgnoreCase).ShouldBeTrue();
        var compressed = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        compressed.Length.ShouldBeLessThan(plain.Length);
        using var packed = new MemoryStream(compressed);
        await using Stream unpacking = expected is "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await unpacking.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
        unpacked.ToArray().ShouldBe(plain);
    }

    [Fact]
    public async Task Get_CompressedAnswer_HasAWeakTagThatMakes304()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/households", ("Accept-Encoding", "br"));
        using var again = await insights.Client.SendAsync(HttpMethod.Get, "/households", ("Accept-Encoding", "br"), ("If-None-Match", response.Headers.ETag!.ToString()));

        // The bytes are others than those of "v1" uncompressed, so the strong tag would be a lie.
        response.Headers.ETag.ToString().ShouldBe("W/\"v1\"");
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/households/1")]
    [InlineData("/campaigns/1")]
    public async Task Get_SingleThing_IsSmallAndGoesAsItIs(string address)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, address, ("Accept-Encoding", "br, gzip"));

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBeLessThan(2_000);
    }

    [Fact]
    public async Task Get_Parquet_IsNotCompressedTwice()
    {
        using var response = await insights.Client.SendAsync(
            HttpMethod.Get, "/tables/household_summary", ("Accept", "application/vnd.apache.parquet"), ("Accept-Encoding", "br"));

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    private async Task<byte[]> BytesAsync(string address, (string, string) accept)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, address, accept);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
