using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>OTLP's JSON: that of protobuf, but with the ids in hexadecimal instead of base 64.</summary>
internal static class OtlpJson
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(ignoreUnknownFields: true));

    /// <exception cref="InvalidProtocolBufferException">It is not JSON, or not of this message.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> body)
        where T : IMessage<T>, new()
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw new OtlpRequestException(StatusCodes.Status400BadRequest, StatusCode.InvalidArgument, "The body is not UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var buffer = new ArrayBufferWriter<byte>(body.Length);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                Copy(document.RootElement, writer);
            }

            return (T)Parser.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan), new T().Descriptor);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidJsonException or FormatException or OverflowException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair in an escape, which the document does not check.
            throw new OtlpRequestException(StatusCodes.Status400BadRequest, StatusCode.InvalidArgument, malformed.Message);
        }
    }

    // The depth is bounded: the document was parsed with the default limit of 64 levels.
    private static void Copy(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    if (property.Value.ValueKind == JsonValueKind.String && property.Name is "traceId" or "spanId" or "parentSpanId")
                    {
                        writer.WriteBase64StringValue(Bytes(property.Value.GetString() ?? string.Empty));
                    }
                    else
                    {
                        Copy(property.Value, writer);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Copy(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>No bytes for what is not hexadecimal: the decoder then rejects the item, and only it.</summary>
    private static byte[] Bytes(string hex)
    {
        var bytes = new byte[hex.Length / 2];
        return Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done ? bytes : [];
    }
}
