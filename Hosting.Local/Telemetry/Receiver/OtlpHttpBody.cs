using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Reads the body of an OTLP/HTTP request.</summary>
internal static class OtlpHttpBody
{
    /// <exception cref="OtlpRequestException">The encoding is not known, or the body is too large or malformed.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, MessageParser<T> parser, int maxBytes, CancellationToken cancellationToken)
        where T : IMessage<T>, new()
    {
        var isJson = OtlpHttpResponse.IsJson(request);
        if (!isJson && !OtlpHttpResponse.IsProtobuf(request))
        {
            throw new OtlpRequestException(StatusCodes.Status415UnsupportedMediaType, StatusCode.InvalidArgument, $"Send {OtlpHttpResponse.Protobuf} or {OtlpHttpResponse.Json}.");
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        var bytes = await BytesAsync(request, maxBytes, cancellationToken);
        // In JSON every message has a brace.
        if (isJson ? bytes.Span.Count((byte)'{') > MessageCount.Limit : MessageCount.IsTooLarge(bytes.Span, new T().Descriptor))
        {
            throw new OtlpRequestException(StatusCodes.Status413PayloadTooLarge, StatusCode.ResourceExhausted, MessageCount.TooMany);
        }

        try
        {
            return isJson ? OtlpJson.Parse<T>(bytes) : parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException malformed)
        {
            throw Malformed(malformed);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        await using var body = Decompressed(request, maxBytes);
        using var buffer = new MemoryStream();
        try
        {
            await body.CopyToAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            throw refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(maxBytes) : new OtlpRequestException(refused.StatusCode, StatusCode.InvalidArgument, refused.Message);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static BoundedStream Decompressed(HttpRequest request, int maxBytes)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding.ToUpperInvariant() switch
        {
            "" or "IDENTITY" => new BoundedStream(request.Body, maxBytes, () => TooLarge(maxBytes), Malformed),
            "GZIP" => new BoundedStream(new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true), maxBytes, () => TooLarge(maxBytes), Malformed),
            _ => throw new OtlpRequestException(StatusCodes.Status415UnsupportedMediaType, StatusCode.InvalidArgument, "Send the body plain or with Content-Encoding gzip."),
        };
    }

    private static OtlpRequestException TooLarge(int maxBytes) => new(StatusCodes.Status413PayloadTooLarge, StatusCode.ResourceExhausted, $"A request has at most {maxBytes} bytes, decompressed.");

    private static OtlpRequestException Malformed(Exception malformed) => new(StatusCodes.Status400BadRequest, StatusCode.InvalidArgument, malformed.Message);
}
