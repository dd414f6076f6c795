using System.Diagnostics;
using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Unhealthy while a file that the catalog lists is missing or torn, as the last round since this process started found.</summary>
internal sealed class LakeHealthCheck(IDbContextFactory<LakeCatalog> catalogs) : IHealthCheck
{
    // What an earlier process found is not held against this one: those who wait for it at start could never show what is wrong.
    private readonly DateTimeOffset _started = new(Process.GetCurrentProcess().StartTime);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
            var faults = await catalog.CareRounds.AsNoTracking()
                .Where(round => round.FinishedAt > _started)
                .OrderByDescending(round => round.Id)
                .Select(round => round.Faults)
                .FirstOrDefaultAsync(cancellationToken) ?? [];
            var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["damagedFiles"] = faults.Length };
            return faults.Length == 0
                ? HealthCheckResult.Healthy(data: data)
                : HealthCheckResult.Unhealthy($"{faults.Length} files of the lake are missing or torn. GET /lake names them.", exception: null, data);
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            return HealthCheckResult.Degraded("The catalog cannot be read.", unreachable);
        }
    }
}
