using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dunnhumby.AppHost;

/// <summary>Health checks that notice at once when a resource has become healthy.</summary>
internal static class PromptHealthChecks
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Asks every resource several times a second until it was healthy once. Aspire by itself lets more and more time pass between failed checks, up to 5 s, and
    /// whatever waits for the resource waits as long. Once healthy, a resource is checked as rarely as Aspire does, and a failure is reported at once.
    /// </summary>
    public static void AskOftenUntilHealthy(this IServiceCollection services) => services.PostConfigure<HealthCheckServiceOptions>(options =>
    {
        foreach (var registration in options.Registrations)
        {
            var (create, healthyOnce) = (registration.Factory, new StrongBox<bool>());
            registration.Factory = provider => new PromptHealthCheck(create(provider), healthyOnce);
        }
    });

    private sealed class PromptHealthCheck(IHealthCheck check, StrongBox<bool> healthyOnce) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var deadline = TimeProvider.System.GetUtcNow() + Patience;
            while (true)
            {
                var result = await AskAsync(context, cancellationToken);
                healthyOnce.Value |= result.Status is HealthStatus.Healthy;
                if (healthyOnce.Value || TimeProvider.System.GetUtcNow() > deadline)
                {
                    return result;
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }

        private async Task<HealthCheckResult> AskAsync(HealthCheckContext context, CancellationToken cancellationToken)
        {
            try
            {
                return await check.CheckHealthAsync(context, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, failure.Message, failure);
            }
        }
    }
}
