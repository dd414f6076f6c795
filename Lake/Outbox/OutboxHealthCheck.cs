using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Dunnhumby.Lake.Outbox;

/// <summary>Degraded while a message has waited longer than it should: loads go on, their news comes later.</summary>
internal sealed class OutboxHealthCheck(OutboxReader outbox) : IHealthCheck
{
    /// <summary>A healthy dispatcher and broker need a second or two.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var state = await outbox.ReadAsync(cancellationToken);
            var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["unsent"] = state.Unsent, ["oldestAgeSeconds"] = Math.Round(state.OldestAge.TotalSeconds, 1) };
            return state.OldestAge < Patience
                ? HealthCheckResult.Healthy(data: data)
                : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{state.Unsent} messages are unsent, the oldest for {state.OldestAge.TotalSeconds:F0} s."), exception: null, data);
        }
        catch (NpgsqlException unreachable)
        {
            return HealthCheckResult.Degraded("The outbox cannot be read.", unreachable);
        }
    }
}
