using System.Diagnostics;
using Aspire.Hosting;
using Dunnhumby.Hosting.Local.Engine;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

public sealed class ProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithReplicas_TwoReplicas_ShareOnePort()
    {
        await using var application = new TestApplication();
        var service = application.Builder.AddProject("service", SamplePaths.ServiceProject).WithHttpEndpoint().WithHttpHealthCheck("/health").WithReplicas(2);
        await application.StartAsync();
        var instances = application.Engine.InstancesOf(service.Resource);
        foreach (var instance in instances)
        {
            instance.Id.ShouldMatch("^service-[a-z]{8}$");
            await instance.WaitAsync(status => status.IsReady, Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var request = 0; request < 4; request++)
        {
            // A new connection each time: the connections are what is shared out.
            using var client = new HttpClient();
            ids.Add(await client.GetStringAsync(new Uri($"{service.GetEndpoint("http").Url}/id"), Cancel));
        }

        ids.ShouldBe(instances.Select(instance => $"{instance.Status.ProcessId}"), ignoreOrder: true);
    }

    [Fact]
    public async Task StopAsync_ProcessWithChild_BothGetTheSignalAndTheExitCodeIsKept()
    {
        await using var application = new TestApplication();
        var trap = Path.Combine(application.Directory, "child");
        var resource = application.Builder.AddExecutable(
            "parent", "sh", ".", "-c", $"(trap 'echo stopped > {trap}; exit 0' TERM; : > {trap}.ready; while :; do sleep 0.1; done) & trap 'wait; exit 7' TERM; wait");
        await application.StartAsync();
        await Until.TrueAsync(() => File.Exists(trap + ".ready"), TimeSpan.FromSeconds(30));

        await application.CommandAsync(resource, ResourceCommands.Stop);

        application.Instance(resource).Status.ShouldSatisfyAllConditions(
            status => status.State.ShouldBe(ResourceState.Finished),
            status => status.ExitCode.ShouldBe(7));
        (await File.ReadAllTextAsync(trap, Cancel)).Trim().ShouldBe("stopped");
    }

    [Fact]
    public async Task StopAsync_ProcessIgnoresSigterm_IsKilledAfterSixSeconds()
    {
        await using var application = new TestApplication();
        var ready = Path.Combine(application.Directory, "ready");
        var resource = application.Builder.AddExecutable("stubborn", "sh", ".", "-c", $"trap '' TERM; : > {ready}; while :; do sleep 0.1; done");
        await application.StartAsync();
        await Until.TrueAsync(() => File.Exists(ready), TimeSpan.FromSeconds(30));
        var process = application.Instance(resource).Status.ProcessId.ShouldNotBeNull();
        var clock = Stopwatch.StartNew();

        await application.StopAsync();

        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(5.9), TimeSpan.FromSeconds(20));
        Directory.Exists($"/proc/{process}").ShouldBeFalse();
        application.Instance(resource).Status.ExitCode.ShouldBe(128 + 9);
    }
}
