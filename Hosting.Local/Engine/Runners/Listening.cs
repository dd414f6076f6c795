using System.Net.Sockets;

namespace Dunnhumby.Hosting.Local.Engine.Runners;

internal static class Listening
{
    /// <summary>Waits until a server listens on the port. Only then does it run, and health checks make sense.</summary>
    /// <exception cref="InvalidOperationException">The server ended instead.</exception>
    public static async Task WaitAsync(int port, Task<int> exited, CancellationToken cancellationToken)
    {
        while (!await IsListeningAsync(port, cancellationToken))
        {
            if (exited.IsCompleted)
            {
                throw new InvalidOperationException($"The server ended with exit code {await exited} before it listened on port {port}; its output says why.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
