using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Native;

/// <summary>Runs the model's Postgres and RabbitMQ as processes of this machine where no container engine can run them.</summary>
public static partial class NativeServers
{
    private const string Native = "native";
    private const string Containers = "containers";

    /// <summary>Where everything that outlives a run is kept: the setting <c>DataDirectory</c>, by default <c>.data</c> beside the AppHost's folder.</summary>
    /// <returns>A full path.</returns>
    public static string GetDataDirectory(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Path.GetFullPath(builder.Configuration["DataDirectory"] is { Length: > 0 } configured ? configured : Path.Combine("..", ".data"), builder.AppHostDirectory);
    }

    /// <summary>
    /// Decides at the start of a run by the setting <c>Servers</c>: <c>containers</c>, <c>native</c>, or by default <c>auto</c>. That takes containers when an
    /// engine answers and has the images or pulls them within <c>ImagePullTimeout</c> (00:01:00), and otherwise native servers, and says why. A data directory
    /// stays with what it was made with. Resources, endpoints, connection strings, health checks and commands are the same either way.
    /// </summary>
    /// <remarks>
    /// The start fails with <see cref="DistributedApplicationException"/> when another AppHost works on the data directory, or when its data was made the
    /// other way; the message says what to do.
    /// </remarks>
    public static IDistributedApplicationBuilder UseNativeServersWithoutContainerEngine(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Eventing.Subscribe<BeforeStartEvent>(async (started, cancellationToken) =>
            {
                var log = started.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Dunnhumby.Hosting.Native");
                var directory = DataDirectory.Take(builder.GetDataDirectory(), started.Services);
                var servers = started.Model.Resources.OfType<ContainerResource>().Where(NativeServer.CanReplace).ToArray();
                var (way, why) = await ChooseAsync(builder.Configuration, directory, servers, log, cancellationToken);
                directory.Remember(way);
                Log.Chosen(log, string.Join(" and ", servers.Select(server => server.Name)), way, why, directory.Path);
                foreach (var server in servers)
                {
                    if (way is Native)
                    {
                        new NativeServer(started, builder.Eventing, server, directory).Replace();
                    }
                    else
                    {
                        directory.OwnVolumes(server);
                    }
                }
            });
        }

        return builder;
    }

    private static async Task<(string Way, string Why)> ChooseAsync(
        ConfigurationManager configuration, DataDirectory directory, ContainerResource[] servers, ILogger log, CancellationToken cancellationToken)
    {
        var asked = configuration["Servers"] is { Length: > 0 } setting ? setting : "auto";
        return (asked, directory.Way) switch
        {
            (not ("auto" or Native or Containers), _) => throw new DistributedApplicationException($"Servers is '{asked}': it must be auto, native or containers."),
            ("auto", { } made) => (made, "the data was made with them"),
            (_, { } made) when !string.Equals(made, asked, StringComparison.Ordinal) => throw new DistributedApplicationException(
                $"The data in {directory.Path} was made with Servers={made}; {asked} servers would start without it. Leave Servers out, or choose another DataDirectory."),
            ("auto", null) => await new ContainerEngine(configuration, log).WhyNotAsync(servers, cancellationToken) is { } reason
                ? (Native, reason)
                : (Containers, "a container engine answers and has their images"),
            _ => (asked, "the setting Servers says so"),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Servers} run as {Way}: {Why}. Data directory: {Directory}")]
        public static partial void Chosen(ILogger logger, string servers, string way, string why, string directory);
    }
}
