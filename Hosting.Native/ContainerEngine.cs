using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Native;

/// <summary>Tells whether a container engine of this machine can run the model's servers: that it answers is not enough.</summary>
internal sealed partial class ContainerEngine(IConfiguration configuration, ILogger logger)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Why the containers cannot run here; null when they can.</summary>
    public async Task<string?> WhyNotAsync(IEnumerable<ContainerResource> servers, CancellationToken cancellationToken)
    {
        var chosen = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        var patience = configuration.GetValue("ImagePullTimeout", TimeSpan.FromMinutes(1));
        foreach (var engine in chosen is { Length: > 0 } ? [chosen] : (string[])["docker", "podman"])
        {
            if (await SucceedsAsync(engine, AnswerTimeout, cancellationToken, "container", "ls", "--last", "1"))
            {
                var since = Stopwatch.GetTimestamp();
                foreach (var image in servers.Select(NameOf))
                {
                    if (!await SucceedsAsync(engine, AnswerTimeout, cancellationToken, "image", "inspect", image))
                    {
                        var left = patience - Stopwatch.GetElapsedTime(since);
                        Log.Pulling(logger, engine, image, Math.Max(0, left.TotalSeconds));
                        if (left <= TimeSpan.Zero || !await SucceedsAsync(engine, left, cancellationToken, "pull", image))
                        {
                            return $"{engine} answers, but has no image {image} and could not pull it within {patience.TotalSeconds:0} s";
                        }
                    }
                }

                return null;
            }
        }

        return "no container engine answers";
    }

    private static string NameOf(ContainerResource server)
    {
        var image = server.Annotations.OfType<ContainerImageAnnotation>().Last();
        return (image.Registry is { Length: > 0 } registry ? $"{registry}/" : "") + image.Image + (image.SHA256 is { } digest ? $"@sha256:{digest}" : $":{image.Tag}");
    }

    private static async Task<bool> SucceedsAsync(string program, TimeSpan timeout, CancellationToken cancellationToken, params string[] arguments)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            try
            {
                // What it prints must be read, or it waits for us.
                await Task.WhenAll(process!.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
                await process.WaitForExitAsync(deadline.Token);
                return process.ExitCode == 0;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process!.Kill(entireProcessTree: true);
                return false;
            }
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Engine} has no image {Image}: pulling it, for {Seconds:0} s at most")]
        public static partial void Pulling(ILogger logger, string engine, string image, double seconds);
    }
}
