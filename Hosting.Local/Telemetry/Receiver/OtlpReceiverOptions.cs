using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Where and from whom telemetry is received.</summary>
public sealed class OtlpReceiverOptions
{
    /// <summary>What clients send as <c>x-otlp-api-key</c>.</summary>
    [Required]
    [MinLength(16)]
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Loopback port for OTLP/gRPC, which is HTTP/2 without TLS; 0 for a free one, null when the host listens by itself.</summary>
    [Range(0, 65535)]
    public int? GrpcPort { get; set; }

    /// <summary>Loopback port for OTLP/HTTP; 0 for a free one, null when the host listens by itself.</summary>
    [Range(0, 65535)]
    public int? HttpPort { get; set; }

    /// <summary>Bytes of one request, before and after decompression. The default is gRPC's, which clients' batches stay well below.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 4 * 1024 * 1024;
}
