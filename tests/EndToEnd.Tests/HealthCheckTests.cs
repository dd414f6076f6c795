using Dunnhumby.AppHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>How the AppHost asks a resource whether it is healthy; no stack is started.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task Check_OfAResourceThatStarts_AsksUntilItIsHealthy()
    {
        var asked = 0;
        await using var services = With(() => ++asked < 4 ? throw new InvalidOperationException("It refuses connections.") : HealthCheckResult.Healthy());

        var report = await AskAsync(services);

        report.Status.ShouldBe(HealthStatus.Healthy);
        asked.ShouldBe(4);
    }

    [Fact]
    public async Task Check_OfAResourceThatWasHealthy_TellsAFailureAtOnce()
    {
        var asked = 0;
        await using var services = With(() => ++asked is 1 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("It died."));
        await AskAsync(services);

        var report = await AskAsync(services);

        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Entries["resource"].Description.ShouldBe("It died.");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Check_WhenTheApplicationStops_EndsWithIt()
    {
        await using var services = With(() => HealthCheckResult.Unhealthy("It never starts."));
        using var stopping = new CancellationTokenSource();
        var asking = services.GetRequiredService<HealthCheckService>().CheckHealthAsync(stopping.Token);

        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    private static ServiceProvider With(Func<HealthCheckResult> check)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddHealthChecks().AddCheck("resource", check);
        services.AskOftenUntilHealthy();
        return services.BuildServiceProvider();
    }

    private static Task<HealthReport> AskAsync(ServiceProvider services) =>
        services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
}
