using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Native;

/// <summary>Runs the model's Postgres and RabbitMQ as processes of this machine where no container engine can run them.</summary>
public static partial class NativeServers
{
    /// <summary>Where everything that outlives a run is kept: the setting <c>DataDirectory</c>, by default <c>.data</c> beside the AppHost's folder.</summary>
    public static string GetDataDirectory(this IDistributedApplicationBuilder builder) => Path.GetFullPath(
        builder.Configuration["DataDirectory"] is { Length: > 0 } configured ? configured : Path.Combine("..", ".data"), builder.AppHostDirectory);

    /// <summary>
    /// Decides at the start of a run by the setting <c>Servers</c>: <c>containers</c>, <c>native</c>, or by default <c>auto</c>. That takes containers when an
    /// engine answers and has the images or pulls each within <c>ImagePullTimeout</c> (00:01:00), and otherwise native servers, and says why. A data directory
    /// stays with what it was made with. Resources, endpoints, connection strings, health checks and commands are the same either way.
    /// </summary>
    /// <remarks>
    /// The start fails with <see cref="DistributedApplicationException"/> when another AppHost works on the data directory, or when its data was made the
    /// other way; the message says what to do.
    /// </remarks>
    public static IDistributedApplicationBuilder UseNativeServersWithoutContainerEngine(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
        {
            return builder;
        }

        // The AppHost ends when its processes have ended, not before.
        builder.Configuration["DcpPublisher:WaitForResourceCleanup"] ??= "true";
        builder.Eventing.Subscribe<BeforeStartEvent>(async (started, cancellationToken) =>
        {
            var log = started.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Dunnhumby.Hosting.Native");
            var directory = new DataDirectory(builder.GetDataDirectory());
            directory.Take(started.Services.GetRequiredService<IHostApplicationLifetime>());
            var servers = started.Model.Resources.OfType<ContainerResource>().Where(server => server is PostgresServerResource or RabbitMQServerResource).ToArray();
            var (way, why) = await ChooseAsync(builder, directory, servers, log, cancellationToken);
            directory.Remember(way);
            Log.Chosen(log, string.Join(" and ", servers.Select(server => server.Name)), way, why, builder.GetDataDirectory());
            Array.ForEach(servers, way is "native" ? server => new NativeServer(builder, server, directory).Replace() : directory.OwnVolumes);
        });
        return builder;
    }

    private static async Task<(string Way, string Why)> ChooseAsync(
        IDistributedApplicationBuilder builder, DataDirectory directory, ContainerResource[] servers, ILogger log, CancellationToken cancellationToken)
    {
        var asked = builder.Configuration["Servers"] is { Length: > 0 } setting ? setting : "auto";
        return (asked, directory.Way) switch
        {
            (not ("auto" or "native" or "containers"), _) => throw new DistributedApplicationException($"Servers is '{asked}': it must be auto, native or containers."),
            ("auto", { } made) => (made, "the data was made with them"),
            (_, { } made) when !string.Equals(made, asked, StringComparison.Ordinal) => throw new DistributedApplicationException(
                $"The data in {builder.GetDataDirectory()} was made with Servers={made}; {asked} servers would start without it. Leave Servers out, or choose another DataDirectory."),
            ("auto", null) => await new ContainerEngine(builder.Configuration, log).WhyNotAsync(servers, cancellationToken) is { } reason
                ? ("native", reason)
                : ("containers", "a container engine answers and has their images"),
            _ => (asked, "the setting Servers says so"),
        };
    }

    internal static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Servers} run as {Way}: {Why}. Data directory: {Directory}")]
        public static partial void Chosen(ILogger logger, string servers, string way, string why, string directory);

        [LoggerMessage(LogLevel.Information, "{Engine} has no image {Image}: pulling it, for {Seconds:0} s at most (not with the setting Servers=native)")]
        public static partial void Pulling(ILogger logger, string engine, string image, double seconds);
    }
}

/// <summary>Tells whether a container engine of this machine can run the model's servers: that it answers is not enough.</summary>
internal sealed class ContainerEngine(IConfiguration configuration, ILogger logger)
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
                foreach (var image in servers.Select(server => server.TryGetContainerImageName(out var name) ? name : server.Name))
                {
                    if (!await SucceedsAsync(engine, AnswerTimeout, cancellationToken, "image", "inspect", image))
                    {
                        NativeServers.Log.Pulling(logger, engine, image, patience.TotalSeconds);
                        if (!await SucceedsAsync(engine, patience, cancellationToken, "pull", image))
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

    private static async Task<bool> SucceedsAsync(string program, TimeSpan timeout, CancellationToken cancellationToken, params string[] arguments)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            using var process = new Process { StartInfo = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
            process.Start();
            using var ended = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
            // What it prints must be read, or it waits for us.
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // There is no such program.
        }
    }
}
