using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

public sealed class OtlpHttpTests(ReceiverHost host) : IClassFixture<ReceiverHost>
{
    private const string Protobuf = "application/x-protobuf";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_GzippedProtobuf_IsStored()
    {
        var traceId = Payload.Id(16);
        using var content = Content(Gzip(Payload.Traces("gzip", Payload.Span(traceId, Payload.SpanId(1))).ToByteArray()), Protobuf, "gzip");

        using var response = await host.Http.PostAsync("/v1/traces", content, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe(Protobuf);
        // A full success is an empty message.
        (await response.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        host.Store.Traces.Find(Convert.ToHexString(traceId.Span)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Post_Json_ReadsHexadecimalIdsAndIgnoresUnknownFields()
    {
        // After the example of the specification: 64-bit numbers as strings, enumerations as numbers.
        const string Body = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"json"}}]},"scopeSpans":[{"scope":{"name":"js"},"spans":[
              {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173","name":"I'm a server span","futureField":{"a":[1]},
               "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","kind":2,"attributes":[{"key":"n","value":{"intValue":"3"}}]}]}]}]}
            """;
        using var response = await host.Http.PostAsync("/v1/traces", Content(Encoding.UTF8.GetBytes(Body), "application/json"), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Cancellation)).Replace(" ", "", StringComparison.Ordinal).ShouldBe("{}");
        var row = host.Store.Traces.Find("5b8efff798038103d269b633813fc60c").ShouldNotBeNull().Spans.ShouldHaveSingleItem();
        (row.Span.ParentSpanId, row.Span.Duration, row.IsOrphan).ShouldBe(("eee19b7ec3c1b173", TimeSpan.FromSeconds(1), true));
        row.Span.Start.ShouldBe(new DateTimeOffset(2018, 12, 13, 14, 51, 0, TimeSpan.Zero));
        row.Span.Attributes.Find("n").ShouldBe("3");
    }

    [Fact]
    public async Task Post_SpansWithBadIds_ArePartialSuccess()
    {
        var good = Payload.Id(16);
        var request = Payload.Traces(
            "partial",
            Payload.Span(good, Payload.SpanId(1)),
            Payload.Span(Payload.Id(15), Payload.SpanId(2)),
            Payload.Span(ByteString.CopyFrom(new byte[16]), Payload.SpanId(3)),
            Payload.Span(good, ByteString.Empty));

        using var response = await host.Http.PostAsync("/v1/traces", Content(request.ToByteArray(), Protobuf), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var partial = ExportTraceServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Cancellation)).PartialSuccess;
        partial.RejectedSpans.ShouldBe(3);
        partial.ErrorMessage.ShouldContain("trace id of 16 bytes");
        host.Store.Traces.Find(Convert.ToHexString(good.Span)).ShouldNotBeNull().Spans.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the-key-of-the-receivez")]
    [InlineData("the-key-of-the-receiver2")]
    public async Task Post_WrongKey_Is401AndNothingIsStored(string? key)
    {
        var traceId = Payload.Id(16);
        using var client = new HttpClient { BaseAddress = host.HttpAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/traces") { Content = Content(Payload.Traces("stranger", Payload.Span(traceId, Payload.SpanId(1))).ToByteArray(), Protobuf) };
        if (key is not null)
        {
            request.Headers.Add("x-otlp-api-key", key);
        }

        using var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // google.rpc.Code UNAUTHENTICATED.
        RpcStatus.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync(Cancellation)).Code.ShouldBe(16);
        host.Store.Traces.Find(Convert.ToHexString(traceId.Span)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/v1/traces", "text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/v1/logs", Protobuf, "br", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/v1/logs", Protobuf, "gzip", HttpStatusCode.BadRequest)]
    [InlineData("/v1/metrics", Protobuf, null, HttpStatusCode.BadRequest)]
    [InlineData("/v1/metrics", "application/json; charset=utf-8", null, HttpStatusCode.BadRequest)]
    [InlineData("/v1/profiles", Protobuf, null, HttpStatusCode.NotFound)]
    public async Task Post_UnreadableBody_IsTheClientsFault(string path, string type, string? encoding, HttpStatusCode expected)
    {
        using var response = await host.Http.PostAsync(path, Content("not what it says"u8.ToArray(), type, encoding), Cancellation);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Post_JsonWithBrokenText_Is400()
    {
        byte[] invalidUtf8 = [.. "{\"resourceSpans\":\""u8, 0xFF, 0xFE, .. "\"}"u8];
        var halfSurrogate = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\ud800"}]}]}]}"""u8.ToArray();
        var deep = Encoding.UTF8.GetBytes(new string('[', 100_000));

        foreach (var body in (byte[][])[invalidUtf8, halfSurrogate, deep])
        {
            using var response = await host.Http.PostAsync("/v1/traces", Content(body, "application/json"), Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Post_LargerThanTheLimit_Is413BeforeAndAfterDecompression()
    {
        var large = new byte[ReceiverHost.MaxRequestBytes + 1];
        var bomb = Gzip(new byte[50 * 1024 * 1024]);
        bomb.Length.ShouldBeLessThan(ReceiverHost.MaxRequestBytes);

        using var plain = await host.Http.PostAsync("/v1/logs", Content(large, Protobuf), Cancellation);
        using var zipped = await host.Http.PostAsync("/v1/logs", Content(bomb, Protobuf, "gzip"), Cancellation);

        plain.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        zipped.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_ManyEmptyParts_Is413()
    {
        // Half a million empty spans take two bytes each.
        var spans = new byte[1_000_000];
        for (var index = 0; index < spans.Length; index += 2)
        {
            spans[index] = 0x12;
        }

        var request = new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { ScopeSpans.Parser.ParseFrom(spans) } } } };

        using var protobuf = await host.Http.PostAsync("/v1/traces", Content(request.ToByteArray(), Protobuf), Cancellation);

        protobuf.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        RpcStatus.Parser.ParseFrom(await protobuf.Content.ReadAsByteArrayAsync(Cancellation)).Message.ShouldContain("smaller batches");
    }

    private static ByteArrayContent Content(byte[] body, string type, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
