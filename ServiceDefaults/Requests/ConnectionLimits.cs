using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>Gives up clients that read an answer very slowly: each holds a connection to the database for as long as it reads.</summary>
internal static class ConnectionLimits
{
    /// <summary>
    /// What the system keeps of an answer on its way, in bytes. What is kept counts as read, so a megabyte here would be a minute of patience; enough for 5 MB a
    /// second over 50 ms.
    /// </summary>
    private const int SendBuffer = 256 * 1_024;

    private static readonly MinDataRate SlowestReader = new(bytesPerSecond: 20 * 1_024, gracePeriod: TimeSpan.FromSeconds(5));

    internal static void AddConnectionLimits(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinResponseDataRate = SlowestReader);
        services.AddOptions<SocketTransportOptions>().Configure<ListeningRule>((transport, rule) => transport.CreateBoundListenSocket = endpoint =>
        {
            rule.Check(endpoint);
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = SendBuffer;
            return socket;
        });
    }
}
