using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunnhumby.Benchmarks.Answers;

/// <summary>
/// Sends GET requests over kept connections, the next as soon as the answer is there, and counts answers of status 200. Reads just enough HTTP/1.1 to find
/// the end of an answer, so that on a small machine it leaves the processors to the server. Runs in the benchmark's own process, the same for both sides.
/// </summary>
internal sealed class LoadGenerator(Uri address, string? key, IReadOnlyList<string> paths)
{
    private const int BufferBytes = 16 * 1_024;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> ChunkedEnd => "0\r\n\r\n"u8;

    /// <summary>Answers per second over so many connections for so long.</summary>
    internal async Task<double> RunAsync(int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(() => DriveAsync(index, started, duration, cancellationToken))));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<long> DriveAsync(int seed, long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellationToken);
        var buffer = new byte[BufferBytes];
        var next = seed * 7_919;
        var count = 0L;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await socket.SendAsync(Request(paths[next++ % paths.Count]), cancellationToken);
            await ReceiveAsync(socket, buffer, cancellationToken);
            count++;
        }

        return count;
    }

    private byte[] Request(string path)
    {
        var header = key is null ? "" : $"X-Api-Key: {key}\r\n";
        return Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n");
    }

    private static async Task ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        do
        {
            var read = length < buffer.Length ? await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken) : 0;
            if (read == 0)
            {
                throw new InvalidOperationException("The server closed a connection, or an answer is too long.");
            }

            length += read;
        }
        while (!IsWhole(buffer.AsSpan(0, length)));
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(HeadEnd);
        if (head < 0)
        {
            return false;
        }

        if (!answer.StartsWith("HTTP/1.1 200 "u8))
        {
            throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(answer[..answer.IndexOf((byte)'\r')])}.");
        }

        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
        {
            return answer.EndsWith(ChunkedEnd);
        }

        return System.Buffers.Text.Utf8Parser.TryParse(answer[(length + "Content-Length: ".Length)..], out int body, out _)
            && answer.Length == head + HeadEnd.Length + body;
    }
}
