using Aspire.Hosting;
using Dunnhumby.Hosting.Local.Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Application;

/// <summary>An AppHost in this process, with data of its own.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly DistributedApplication _application;

    private RunningApplication(DirectoryInfo directory, DistributedApplication application)
    {
        _directory = directory;
        _application = application;
    }

    public DashboardSettings Settings => _application.Services.GetRequiredService<DashboardSettings>();

    public static async Task<RunningApplication> StartAsync(Action<IDistributedApplicationBuilder> model, params string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("dunnhumby-dashboard-");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            ProjectDirectory = directory.FullName,
            Args = [$"--DataDirectory={directory.FullName}/data", .. args],
        });
        model(builder);
        var application = new RunningApplication(directory, builder.Build());
        await application._application.StartAsync();
        await application.AnswersAsync();
        return application;
    }

    /// <summary>A client of the JSON API.</summary>
    public HttpClient Api(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Settings.Frontend };
        client.DefaultRequestHeaders.Add("x-api-key", key ?? Settings.ApiKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient { BaseAddress = Settings.Frontend };
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/login", UriKind.Relative), deadline.Token);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException exception) when (exception.StatusCode is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
            }
        }
    }
}
