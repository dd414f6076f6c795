using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.ServiceDefaults.Tests;

/// <summary>Who reads an answer very slowly does not hold what the answer is made from.</summary>
public sealed class SlowReaderTests
{
    private const int Piece = 64 * 1_024;

    [Fact]
    public async Task Answer_ReadAtAKilobyteASecond_IsGivenUp()
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/endless", async context =>
        {
            try
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(new byte[Piece], context.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
            }
            finally
            {
                ended.TrySetResult(context.RequestAborted.IsCancellationRequested);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new TcpClient { ReceiveBufferSize = 4_096 };
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.Single()).Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n"), TestContext.Current.CancellationToken);

        var buffer = new byte[1_024];
        for (var seconds = 0; !ended.Task.IsCompleted && seconds < 60; seconds++)
        {
            try
            {
                await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                // The connection is gone.
            }

            await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        ended.Task.IsCompleted.ShouldBeTrue("it was still being answered after a minute");
        (await ended.Task).ShouldBeTrue();
    }
}
