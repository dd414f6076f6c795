using System.Globalization;
using System.Text;
using System.Text.Json;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Resources;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Reads attributes and texts within the limits.</summary>
internal sealed class AttributeDecoder(IOptions<TelemetryLimits> limits)
{
    private readonly TextCache _cache = new();
    private readonly TelemetryLimits _limits = limits.Value;

    /// <summary>Of a name that is there twice, the first value counts, as the specification leaves open.</summary>
    public TelemetryAttributes Decode(IReadOnlyList<KeyValue> attributes, uint dropped)
    {
        if (attributes.Count == 0 && dropped == 0)
        {
            return TelemetryAttributes.None;
        }

        var kept = Math.Min(attributes.Count, _limits.Attributes);
        var items = new KeyValuePair<string, string>[kept];
        for (var index = 0; index < kept; index++)
        {
            items[index] = new(_cache.Share(Cut(attributes[index].Key)), Text(attributes[index].Value));
        }

        return new TelemetryAttributes(items, (int)Math.Min(int.MaxValue, dropped + (long)attributes.Count - kept));
    }

    /// <summary>A name that many items share.</summary>
    public string Name(string text) => _cache.Share(Cut(text));

    /// <summary>Cut to the limit, never between the halves of a surrogate pair.</summary>
    public string Cut(string text)
    {
        if (text.Length <= _limits.TextLength)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[_limits.TextLength - 1]) ? _limits.TextLength - 1 : _limits.TextLength;
        return text[..length];
    }

    /// <summary>A value as text; arrays and maps as JSON, bytes in base 64.</summary>
    public string Text(AnyValue? value) => value?.ValueCase switch
    {
        null or AnyValue.ValueOneofCase.None => string.Empty,
        AnyValue.ValueOneofCase.StringValue => _cache.Share(Cut(value.StringValue)),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => _cache.Share(value.IntValue.ToString(CultureInfo.InvariantCulture)),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => Cut(value.BytesValue.ToBase64()),
        _ => Cut(Json(value)),
    };

    private static string Json(AnyValue value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // The depth is bounded: the parser refuses messages that are nested deeper than a hundred levels.
    private static void Write(Utf8JsonWriter writer, AnyValue? value)
    {
        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue:
                writer.WriteStringValue(value.StringValue);
                break;
            case AnyValue.ValueOneofCase.BoolValue:
                writer.WriteBooleanValue(value.BoolValue);
                break;
            case AnyValue.ValueOneofCase.IntValue:
                writer.WriteNumberValue(value.IntValue);
                break;
            case AnyValue.ValueOneofCase.DoubleValue when double.IsFinite(value.DoubleValue):
                writer.WriteNumberValue(value.DoubleValue);
                break;
            case AnyValue.ValueOneofCase.DoubleValue:
                writer.WriteStringValue(value.DoubleValue.ToString(CultureInfo.InvariantCulture));
                break;
            case AnyValue.ValueOneofCase.BytesValue:
                writer.WriteBase64StringValue(value.BytesValue.Span);
                break;
            case AnyValue.ValueOneofCase.ArrayValue:
                writer.WriteStartArray();
                foreach (var item in value.ArrayValue.Values)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case AnyValue.ValueOneofCase.KvlistValue:
                writer.WriteStartObject();
                foreach (var item in value.KvlistValue.Values)
                {
                    writer.WritePropertyName(item.Key);
                    Write(writer, item.Value);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
