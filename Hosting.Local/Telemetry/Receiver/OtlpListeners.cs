using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>The receiver's own ports. Without TLS a port speaks either HTTP/2 or HTTP/1.1, so each protocol has one.</summary>
internal static class OtlpListeners
{
    public static void Configure(KestrelServerOptions kestrel, IOptions<OtlpReceiverOptions> options)
    {
        if (options.Value.GrpcPort is { } grpc)
        {
            kestrel.Listen(IPAddress.Loopback, grpc, listen => listen.Protocols = HttpProtocols.Http2);
        }

        if (options.Value.HttpPort is { } http)
        {
            kestrel.Listen(IPAddress.Loopback, http, listen => listen.Protocols = HttpProtocols.Http1);
        }
    }
}
