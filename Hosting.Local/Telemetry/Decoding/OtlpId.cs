using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Trace and span ids: 16 and 8 bytes, not all of them zero.</summary>
internal static class OtlpId
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <summary>32 lower-case hexadecimal digits, or null when it is not a trace id.</summary>
    public static string? Trace(ByteString id) => Hex(id, TraceIdBytes);

    /// <summary>16 lower-case hexadecimal digits, or null when it is not a span id.</summary>
    public static string? Span(ByteString id) => Hex(id, SpanIdBytes);

    private static string? Hex(ByteString id, int bytes) => id.Length == bytes && id.Span.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(id.Span) : null;
}
