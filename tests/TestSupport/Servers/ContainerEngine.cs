using System.Net.Sockets;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>Tells whether a container engine answers on this machine.</summary>
public static class ContainerEngine
{
    private const string DefaultSocket = "/var/run/docker.sock";

    private static readonly Lazy<Task<bool>> Answer = new(AskAsync);

    /// <summary>Whether the engine at <c>DOCKER_HOST</c>, or else at /var/run/docker.sock, answers a ping. Asked once per process.</summary>
    public static Task<bool> AnswersAsync() => Answer.Value;

    private static async Task<bool> AskAsync()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        if (string.IsNullOrEmpty(host) && !File.Exists(DefaultSocket))
        {
            return false;
        }

        var address = new Uri(string.IsNullOrEmpty(host) ? $"unix://{DefaultSocket}" : host);
        using var handler = new SocketsHttpHandler();
        if (string.Equals(address.Scheme, "unix", StringComparison.Ordinal))
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            var target = string.Equals(address.Scheme, "unix", StringComparison.Ordinal) ? "localhost" : address.Authority;
            using var response = await client.GetAsync(new Uri($"http://{target}/_ping"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
