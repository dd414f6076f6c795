using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Engine;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

public sealed class AllHealthyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Changed_ManyInstancesAtOnce_TellsOnceAndNeverHangs()
    {
        const int changes = 20_000;
        var told = 0;
        ResourceInstance[] instances = [.. Enumerable.Range(0, 4).Select(number => new ResourceInstance(new ParameterResource($"p{number}", _ => ""), 0, suffix: null))];
        var all = new AllHealthy(instances, () => Interlocked.Increment(ref told));
        foreach (var instance in instances)
        {
            instance.Observe(all.Changed);
        }

        // The last change leaves every instance healthy.
        var work = instances.Select(instance => Task.Run(
            () =>
            {
                for (var change = 0; change < changes; change++)
                {
                    var isHealthy = change % 2 == 1;
                    instance.Update(status => status with { Healthy = isHealthy });
                }
            },
            TestContext.Current.CancellationToken));
        await Task.WhenAll(work).WaitAsync(Limit, TestContext.Current.CancellationToken);

        told.ShouldBe(1);
    }

    [Fact]
    public void Changed_OneIsStillUnhealthy_TellsWhenItIsNot()
    {
        var told = 0;
        ResourceInstance[] instances = [.. Enumerable.Range(0, 2).Select(number => new ResourceInstance(new ParameterResource($"p{number}", _ => ""), 0, suffix: null))];
        var all = new AllHealthy(instances, () => told++);
        Change(instances[0], isHealthy: true);
        Change(instances[0], isHealthy: false);
        Change(instances[1], isHealthy: true);
        told.ShouldBe(0);

        Change(instances[0], isHealthy: true);
        told.ShouldBe(1);
        Change(instances[1], isHealthy: true);
        told.ShouldBe(1);

        void Change(ResourceInstance instance, bool isHealthy) =>
            all.Changed(instance, instance.Status, instance.Status with { Healthy = isHealthy });
    }
}
