using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Healthy while the run loop turns or its run renews its lease.</summary>
internal sealed class RunLoopHealthCheck(RunPulse pulse, IOptions<TransformOptions> options) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        pulse.SinceLast < options.Value.Lease
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The run loop has not moved for {pulse.SinceLast.TotalSeconds:F0} s."));
}
