using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Parameters;
using Dunnhumby.Hosting.Local.Servers;

namespace Dunnhumby.Hosting.Local.Engine.Runners;

/// <summary>Runs a native RabbitMQ broker.</summary>
internal sealed class RabbitMqRunner(RabbitMQServerResource resource, DataDirectory data, Action<string, bool> output) : ResourceRunner
{
    private RabbitMqServer? _server;

    public override bool HasHealthChecks => true;

    public override int? ProcessId => _server?.ProcessId;

    public override int? ExitCode => _server?.Process is { Exited.IsCompletedSuccessfully: true } process ? process.Exited.Result : null;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _server ??= await RabbitMqServer.CreateAsync(
            new RabbitMqServerOptions
            {
                DataDirectory = ((IResource)resource).Annotations.Last<VolumeAnnotation>() is { } volume ? data.Volume(volume.Name) : null,
                Port = resource.PrimaryEndpoint.Port,
                Username = await resource.UserNameReference.GetValueAsync(cancellationToken) ?? "broker",
                Password = await resource.PasswordParameter.GetValueAsync(cancellationToken),
                Output = output,
            },
            cancellationToken);
        var process = await _server.LaunchAsync(cancellationToken);
        await Listening.WaitAsync(_server.Port, process.Exited, cancellationToken);
    }

    public override Task<int> WaitForExitAsync(CancellationToken cancellationToken) =>
        (_server?.Process ?? throw new InvalidOperationException("Not started.")).Exited.WaitAsync(cancellationToken);

    public override async Task StopAsync()
    {
        if (_server is { } server)
        {
            await server.StopAsync();
        }
    }

    /// <summary>Deletes data that was not to be kept.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }

    public override async Task<string?> CheckHealthAsync(CancellationToken cancellationToken) =>
        await (_server ?? throw new InvalidOperationException("Not started.")).ProbeAsync(cancellationToken) is { } failure ? failure.Message : null;
}
