using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

/// <summary>An application in the process of the test, on free ports and with data of its own.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private DistributedApplication? _application;

    public TestApplication()
    {
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            ProjectDirectory = _directory.Path,
            Args = ["--DcpPublisher:RandomizePorts=true", $"--DataDirectory={_directory.Path}/data"],
        });
        Builder.Configuration["AppHost:BuildConfiguration"] = SamplePaths.Configuration;
    }

    public IDistributedApplicationBuilder Builder { get; }

    public string Directory => _directory.Path;

    public async Task StartAsync()
    {
        _application = Builder.Build();
        await _application.StartAsync(TestContext.Current.CancellationToken);
    }

    public ResourceInstance Instance(IResourceBuilder<IResource> resource) => Engine.InstancesOf(resource.Resource)[0];

    public async Task<ResourceStatus> WaitAsync(IResourceBuilder<IResource> resource, Func<ResourceStatus, bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Limit);
        return await Instance(resource).WaitAsync(wanted, deadline.Token);
    }

    public Task<ExecuteCommandResult> CommandAsync(IResourceBuilder<IResource> resource, string command) =>
        Application.Services.GetRequiredService<ResourceCommands>().ExecuteAsync(Instance(resource), command, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _directory.Dispose();
    }

    public Task StopAsync() => Application.StopAsync(TestContext.Current.CancellationToken);

    public ApplicationEngine Engine => Application.Engine;

    private DistributedApplication Application => _application ?? throw new InvalidOperationException("Not started.");
}
