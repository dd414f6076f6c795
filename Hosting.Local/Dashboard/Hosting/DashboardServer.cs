using Dunnhumby.Hosting.Local.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>
/// Runs the dashboard beside the engine. It starts in parallel with the resources, which it must not hold up; their telemetry waits in their exporters
/// until it listens. A dashboard that cannot start is reported and leaves the application running.
/// </summary>
internal sealed class DashboardServer(DashboardSettings settings, DashboardBuilder builder, ConsoleOutput console, DashboardFile file) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;
    private Task _starting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.IsEnabled)
        {
            _starting = Task.Run(RunAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _starting;
        file.Delete();
        if (_app is { } app)
        {
            await app.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _starting;
        if (_app is { } app)
        {
            _app = null;
            await app.DisposeAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            _app = builder.Build();
            await _app.StartAsync(CancellationToken.None);
            await file.WriteAsync(CancellationToken.None);
            if (settings.IsElsewhere)
            {
                console.Line($"Port {DashboardSettings.UsualPort} is not free: the dashboard is elsewhere today.");
            }

            console.Line($"Login to the dashboard at {settings.LoginUrl}");
        }
        catch (Exception exception)
        {
            console.Line($"The dashboard at {settings.Frontend} could not start, the application runs without it: {exception.Message}");
        }
    }
}
