using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Responses of OTLP/HTTP, in the encoding of the request.</summary>
internal static class OtlpHttpResponse
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    public static bool IsJson(HttpRequest request) => HasMediaType(request, Json);

    public static bool IsProtobuf(HttpRequest request) => HasMediaType(request, Protobuf);

    /// <summary>A failure: the specification wants a status message as its body.</summary>
    public static Task WriteAsync(HttpContext context, int httpStatus, StatusCode status, string message) =>
        WriteAsync(context, httpStatus, new RpcStatus { Code = (int)status, Message = message });

    public static async Task WriteAsync(HttpContext context, int httpStatus, IMessage message)
    {
        context.Response.StatusCode = httpStatus;
        if (IsJson(context.Request))
        {
            context.Response.ContentType = Json;
            await context.Response.WriteAsync(JsonFormatter.Default.Format(message), context.RequestAborted);
            return;
        }

        context.Response.ContentType = Protobuf;
        await context.Response.Body.WriteAsync(message.ToByteArray(), context.RequestAborted);
    }

    private static bool HasMediaType(HttpRequest request, string mediaType) =>
        request.ContentType is { } contentType && contentType.AsSpan(0, contentType.IndexOf(';') is var end and >= 0 ? end : contentType.Length).Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);
}
