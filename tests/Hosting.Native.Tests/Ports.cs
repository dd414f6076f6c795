using System.Net;
using System.Net.Sockets;

namespace Dunnhumby.Hosting.Native.Tests;

internal static class Ports
{
    /// <summary>A port that is taken until the listener is disposed.</summary>
    public static TcpListener Taken(out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return listener;
    }
}
