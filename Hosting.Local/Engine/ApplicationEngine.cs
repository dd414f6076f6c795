using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Runs the application model: ports, parameters, proxies, then every resource through its own lifecycle.</summary>
internal sealed class ApplicationEngine(
    IReadOnlyList<IResource> model, RunnerFactory runners, ConsoleOutput console, TelemetryStore telemetry, IConfiguration configuration, TimeProvider time) : IHostedService, IAsyncDisposable
{
    // Filled once and read by pages at any time.
    private volatile IReadOnlyDictionary<IResource, IReadOnlyList<ResourceInstance>> _instances = new Dictionary<IResource, IReadOnlyList<ResourceInstance>>();
    private volatile IReadOnlyList<InstanceLifecycle> _lifecycles = [];
    private readonly List<ResourceRunner> _running = [];
    private readonly List<TcpProxy> _proxies = [];

    /// <summary>Every instance, in the order of the model.</summary>
    public IEnumerable<ResourceInstance> Instances => model.SelectMany(InstancesOf);

    public IReadOnlyList<ResourceInstance> InstancesOf(IResource resource) => _instances.GetValueOrDefault(resource) ?? [];

    public InstanceLifecycle LifecycleOf(ResourceInstance instance) => _lifecycles.First(lifecycle => lifecycle.Instance == instance);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Platform.Require();
        PortAllocator.Allocate(model, configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false));

        // Here a missing parameter is one clear message; later it would be many.
        foreach (var parameter in model.OfType<ParameterResource>())
        {
            await parameter.GetValueAsync(cancellationToken);
        }

        foreach (var endpoint in model.SelectMany(resource => resource.Endpoints()).Where(endpoint => endpoint.NeedsProxy))
        {
            _proxies.Add(TcpProxy.Start(endpoint.AllocatedPort, endpoint.TargetPorts));
        }

        _instances = model.ToDictionary(
            resource => resource,
            IReadOnlyList<ResourceInstance> (resource) => [.. Enumerable.Range(0, resource.Replicas()).Select(replica => new ResourceInstance(resource, replica, SuffixFor(resource)))]);
        var allHealthy = new AllHealthy(
            [.. Instances.Where(instance => !instance.Resource.StartsExplicitly() && RunnerFactory.HasHealthChecks(instance.Resource))],
            () => console.Line("All resources are healthy."));
        var lifecycles = new List<InstanceLifecycle>();
        foreach (var instance in Instances)
        {
            instance.Observe(console.Show);
            instance.Observe(allHealthy.Changed);
            instance.Observe((_, _, _) => telemetry.Changes.Raise(TelemetrySignal.Resources));
            var runner = runners.Create(instance, InstancesOf);
            _running.Add(runner);
            lifecycles.Add(new InstanceLifecycle(instance, runner, InstancesOf, problem => console.About(instance, problem), time));
        }

        _lifecycles = lifecycles;
        foreach (var lifecycle in lifecycles.Where(lifecycle => !lifecycle.Instance.Resource.StartsExplicitly()))
        {
            await lifecycle.StartAsync();
        }

        console.Line("Distributed application started. Press Ctrl+C to shut down.");
    }

    /// <summary>Stops everything at once and returns when nothing runs any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_lifecycles.Select(lifecycle => lifecycle.StopAsync()));
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        _proxies.Clear();
        foreach (var runner in _running)
        {
            await runner.DisposeAsync();
        }

        _running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        foreach (var lifecycle in _lifecycles)
        {
            await lifecycle.DisposeAsync();
        }

        _lifecycles = [];
    }

    private static string? SuffixFor(IResource resource) =>
        resource is ProjectResource ? RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8) : null;
}
