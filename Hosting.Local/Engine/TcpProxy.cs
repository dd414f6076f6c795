using System.Net;
using System.Net.Sockets;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Forwards a public port to the ports of the replicas, in turn, passing over those that do not listen.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<int> _targets;
    private readonly List<TcpListener> _listeners = [];
    private readonly List<Task> _loops = [];
    private int _next = -1;

    private TcpProxy(IReadOnlyList<int> targets)
    {
        _targets = targets;
    }

    /// <exception cref="SocketException">The public port is in use.</exception>
    public static TcpProxy Start(int port, IReadOnlyList<int> targets)
    {
        var proxy = new TcpProxy(targets);
        IPAddress[] addresses = Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        foreach (var address in addresses)
        {
            var listener = new TcpListener(address, port);
            listener.Start();
            proxy._listeners.Add(listener);
            proxy._loops.Add(proxy.AcceptAsync(listener));
        }

        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        await Task.WhenAll(_loops);
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(_stop.Token);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(ForwardAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var target = await ConnectAsync();
                if (target is not null)
                {
                    client.NoDelay = target.NoDelay = true;
                    await Task.WhenAll(PumpAsync(client, target), PumpAsync(target, client));
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side went away, or the proxy stops: the connection ends with it.
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        var first = Interlocked.Increment(ref _next);
        for (var attempt = 0; attempt < _targets.Count; attempt++)
        {
            var target = new TcpClient();
            try
            {
                await target.ConnectAsync("localhost", _targets[(int)((uint)(first + attempt) % _targets.Count)], _stop.Token);
                return target;
            }
            catch (SocketException)
            {
                target.Dispose();
            }
        }

        return null;
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            // Broken on one side is broken on both: end the other direction too.
            from.Close();
            to.Close();
            throw;
        }
    }
}
