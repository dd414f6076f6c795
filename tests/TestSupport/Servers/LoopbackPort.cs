using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>Finds free TCP ports on loopback.</summary>
public static class LoopbackPort
{
    // Below the range that Linux hands out to outgoing connections (32768 and up), so that a port found free stays free.
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> HandedOut = [];

    /// <summary>A random port that nobody listens on and that this process was not given before.</summary>
    /// <exception cref="InvalidOperationException">No free port was found.</exception>
    public static int Next()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            lock (Gate)
            {
                if (IsFree(port) && HandedOut.Add(port))
                {
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"There is no free TCP port between {First} and {End} on this machine.");
    }

    /// <summary>Whether nobody listens on the port, on either loopback address.</summary>
    public static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static bool CanBind(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException exception)
        {
            // A host without ::1 says so; nothing can collide there.
            return exception.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
