using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Native;

/// <summary>
/// A server of the model that runs as a process. The resource stays, with its name, endpoints, connection string, health checks and children, but without
/// a container. A hidden executable beside it runs the server's script: its state, log and commands are shown on the resource.
/// </summary>
internal sealed partial class NativeServer(IDistributedApplicationBuilder builder, ContainerResource server, DataDirectory directory)
{
    private readonly IResourceBuilder<ExecutableResource> _process = builder.AddExecutable($"{server.Name}-process", "/bin/sh", "/");
    private readonly EndpointAnnotation _endpoint = server.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name is "tcp");

    public void Replace()
    {
        var volume = server.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault()?.Source ?? server.Name;
        foreach (var annotation in server.Annotations.Where(a => a is ContainerImageAnnotation or ContainerMountAnnotation or ContainerLifetimeAnnotation).ToArray())
        {
            server.Annotations.Remove(annotation);
        }

        // No proxy: the server listens where its clients connect. Without a port of its own, the engine finds a free one.
        _endpoint.TargetPort = _endpoint.Port;
        _endpoint.IsProxied = false;

        var (script, password) = server is PostgresServerResource postgres
            ? ("postgres.sh", postgres.PasswordParameter)
            : ("rabbitmq.sh", ((RabbitMQServerResource)server).PasswordParameter);
        _process.WithArgs(Path.Combine(AppContext.BaseDirectory, script), directory.FolderOf(volume), server.GetEndpoint("tcp").Property(EndpointProperty.Port))
            .WithEnvironment("PASSWORD_PARAMETER", password.Name)
            .WithParentRelationship(server)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], IsHidden = true });

        // The port mapper and the node of RabbitMQ need ports too, which no other server may get.
        foreach (var name in server is RabbitMQServerResource ? (string[])["epmd", "distribution"] : [])
        {
            _process.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: name, isProxied: false)).WithArgs(_process.GetEndpoint(name).Property(EndpointProperty.Port));
        }

        foreach (var annotation in server.Annotations.Where(a => a is EnvironmentCallbackAnnotation or CommandLineArgsCallbackAnnotation or WaitAnnotation or ExplicitStartupAnnotation))
        {
            _process.Resource.Annotations.Add(annotation);
        }

        builder.CreateResourceBuilder(server).OnInitializeResource((_, initialize, cancellationToken) => InitializeAsync(initialize, cancellationToken));
    }

    /// <summary>What the engine does for a container before it starts, and then, as long as the application runs, what it does while the container runs.</summary>
    private async Task InitializeAsync(InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        // Start, stop and restart: those of the process, offered on the server.
        foreach (var command in _process.Resource.Annotations.OfType<ResourceCommandAnnotation>().ToArray())
        {
            builder.CreateResourceBuilder(server).WithCommand(
                command.Name,
                command.DisplayName,
                context => context.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(_process.Resource, command.Name, context.CancellationToken),
                new CommandOptions { UpdateState = command.UpdateState, IconName = command.IconName, IsHighlighted = command.IsHighlighted });
        }

        _endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            _endpoint, "localhost", _endpoint.Port ?? throw new InvalidOperationException($"The endpoint of {server.Name} has no port."));
        await initialize.Eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(server, initialize.Services), cancellationToken);
        IResource[] shown = [server, .. builder.Resources.Where(resource => resource is IResourceWithParent child && child.Parent == server)];
        foreach (var resource in shown)
        {
            await initialize.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, initialize.Services), cancellationToken);
        }

        var stopping = initialize.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await Task.WhenAll(ShowStateAsync(initialize.Notifications, shown, stopping), ShowLogAsync(initialize, stopping));
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Nobody waits for this handler: an exception would be lost.
            Log.NotShown(initialize.Logger, exception, server.Name);
        }
    }

    private async Task ShowStateAsync(ResourceNotificationService notifications, IResource[] shown, CancellationToken cancellationToken)
    {
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource == _process.Resource && change.Snapshot is { State: { } state } process)
            {
                foreach (var resource in shown)
                {
                    await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
                    {
                        State = state,
                        ExitCode = process.ExitCode,
                        StartTimeStamp = process.StartTimeStamp,
                        StopTimeStamp = process.StopTimeStamp,
                        Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = state.Text is not "Running" })],
                    });
                }
            }
        }
    }

    private async Task ShowLogAsync(InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        await foreach (var lines in initialize.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(_process.Resource).WithCancellation(cancellationToken))
        {
            foreach (var line in lines)
            {
                // Without its time, which is added again. As information: Postgres tells everything through the stream for errors.
                Log.Said(initialize.Logger, line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Line}")]
        public static partial void Said(ILogger logger, string line);

        [LoggerMessage(LogLevel.Error, "State and log of {Server} are no longer shown")]
        public static partial void NotShown(ILogger logger, Exception exception, string server);
    }
}
