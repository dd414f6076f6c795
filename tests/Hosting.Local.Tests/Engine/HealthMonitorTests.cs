using Dunnhumby.Hosting.Local.Engine;
using Microsoft.Extensions.Time.Testing;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

public sealed class HealthMonitorTests
{
    [Fact]
    public async Task RunAsync_UnhealthyThenHealthy_ChecksAtTheGivenIntervals()
    {
        // 0; then after 1, 2, 3, 4, 5 and again 5 s while unhealthy: 1, 3, 6, 10, 15, 20; healthy there; then every 30 s: 50, 80;
        // unhealthy at 80: 81, healthy at once, so again after 30 s: 111.
        double[] expected = [0, 1, 3, 6, 10, 15, 20, 50, 80, 81, 111];
        double[] healthy = [20, 50, 81, 111];
        var time = new FakeTimeProvider();
        var start = time.GetUtcNow();
        var seen = new List<double>();
        using var stop = new CancellationTokenSource();

        var running = new HealthMonitor(time).RunAsync(
            _ =>
            {
                seen.Add((time.GetUtcNow() - start).TotalSeconds);
                return Task.FromResult(healthy.Contains(seen[^1]) ? null : "not yet");
            },
            (_, _) => Task.CompletedTask,
            stop.Token);
        for (var second = 0; second < 111; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        seen.ShouldBe(expected);
    }
}
