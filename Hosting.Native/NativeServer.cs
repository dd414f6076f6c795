using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Native;

/// <summary>
/// One server of the model that runs as a process. The resource stays what it is, with its name, endpoints, connection string, health checks and children, but
/// without a container; a hidden executable beside it runs the server's script, and everything that happens to the one is shown on the other.
/// </summary>
internal sealed partial class NativeServer(BeforeStartEvent started, IDistributedApplicationEventing eventing, ContainerResource server, DataDirectory directory)
{
    private readonly ExecutableResource _process = new($"{server.Name}-process", "/bin/sh", "/");

    public static bool CanReplace(ContainerResource server) => server is PostgresServerResource or RabbitMQServerResource;

    public void Replace()
    {
        var volume = server.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault()?.Source ?? server.Name;
        foreach (var annotation in server.Annotations.Where(a => a is ContainerImageAnnotation or ContainerMountAnnotation or ContainerLifetimeAnnotation).ToArray())
        {
            server.Annotations.Remove(annotation);
        }

        // No proxy: the server listens where its clients connect. Without a port of its own, the engine finds a free one.
        var endpoint = server.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name is "tcp");
        endpoint.TargetPort = endpoint.Port;
        endpoint.IsProxied = false;

        foreach (var annotation in server.Annotations.Where(a => a is EnvironmentCallbackAnnotation or WaitAnnotation or ExplicitStartupAnnotation))
        {
            _process.Annotations.Add(annotation);
        }

        var script = Path.Combine(AppContext.BaseDirectory, server is PostgresServerResource ? "postgres.sh" : "rabbitmq.sh");
        AddArguments(script, directory.FolderOf(volume), server.GetEndpoint("tcp").Property(EndpointProperty.Port));
        if (server is RabbitMQServerResource broker)
        {
            // The port mapper and the node need ports too, which nobody else may be given.
            foreach (var name in (string[])["epmd", "distribution"])
            {
                _process.Annotations.Add(new EndpointAnnotation(ProtocolType.Tcp, name: name, isProxied: false));
                AddArguments(_process.GetEndpoint(name).Property(EndpointProperty.Port));
            }
        }

        var password = (server as PostgresServerResource)?.PasswordParameter ?? (server as RabbitMQServerResource)?.PasswordParameter;
        _process.Annotations.Add(new EnvironmentCallbackAnnotation(variables => variables["PASSWORD_PARAMETER"] = password?.Name ?? ""));
        _process.Annotations.Add(new ResourceRelationshipAnnotation(server, "Parent"));
        _process.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], IsHidden = true }));
        started.Model.Resources.Add(_process);
        AddCommands();
        eventing.Subscribe<InitializeResourceEvent>(server, InitializeAsync);
    }

    private void AddArguments(params object[] values) => _process.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
    {
        foreach (var value in values)
        {
            arguments.Add(value);
        }
    }));

    /// <summary>Start, stop and restart, as a container has them.</summary>
    private void AddCommands()
    {
        Add(KnownResourceCommands.StartCommand, "Start", "Play", stopped: true);
        Add(KnownResourceCommands.StopCommand, "Stop", "Stop", stopped: false);
        Add(KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", stopped: false);

        void Add(string name, string title, string icon, bool stopped) => server.Annotations.Add(new ResourceCommandAnnotation(
            name,
            title,
            context => KnownResourceStates.TerminalStates.Contains(context.ResourceSnapshot.State?.Text, StringComparer.Ordinal) == stopped ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
            context => context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(_process, name, context.CancellationToken),
            displayDescription: null,
            parameter: null,
            confirmationMessage: null,
            iconName: icon,
            iconVariant: IconVariant.Filled,
            isHighlighted: true));
    }

    /// <summary>What the engine does for a container before it starts.</summary>
    private async Task InitializeAsync(InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        var endpoint = server.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name is "tcp");
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint, "localhost", endpoint.Port ?? throw new InvalidOperationException($"The endpoint of {server.Name} has no port."));
        await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(server, initialize.Services), cancellationToken);
        IResource[] shown = [server, .. started.Model.Resources.Where(resource => resource is IResourceWithParent child && child.Parent == server)];
        foreach (var resource in shown)
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, initialize.Services), cancellationToken);
        }

        var stopping = initialize.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        _ = MirrorStateAsync(initialize.Notifications, shown, stopping);
        _ = MirrorLogAsync(initialize.Services.GetRequiredService<ResourceLoggerService>(), initialize.Logger, stopping);
    }

    private async Task MirrorStateAsync(ResourceNotificationService notifications, IResource[] shown, CancellationToken cancellationToken)
    {
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource == _process && change.Snapshot is { State: { } state } process)
            {
                foreach (var resource in shown)
                {
                    await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
                    {
                        State = state,
                        ExitCode = process.ExitCode,
                        StartTimeStamp = process.StartTimeStamp,
                        StopTimeStamp = process.StopTimeStamp,
                        Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = !string.Equals(state.Text, KnownResourceStates.Running, StringComparison.Ordinal) })],
                    });
                }
            }
        }
    }

    /// <summary>As information, whichever stream it came by: Postgres tells everything through the one for errors.</summary>
    private async Task MirrorLogAsync(ResourceLoggerService loggers, ILogger log, CancellationToken cancellationToken)
    {
        await foreach (var lines in loggers.WatchAsync(_process).WithCancellation(cancellationToken))
        {
            foreach (var line in lines)
            {
                Log.Said(log, line.Content);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Line}")]
        public static partial void Said(ILogger logger, string line);
    }
}
