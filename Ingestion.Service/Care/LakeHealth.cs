using System.Diagnostics;
using Dunnhumby.Catalog;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Finds files that the catalog lists and that are missing or torn: rows are lost, and every run that needs them fails.</summary>
internal sealed class FileFaults(LakeLayout layout)
{
    // What was whole stays whole: a file is never written twice. Only its size is looked at again.
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);

    /// <returns>One sentence per file at fault.</returns>
    internal IReadOnlyList<string> Find(LakeSnapshot lake)
    {
        List<string> faults = [];
        foreach (var file in lake.Files)
        {
            if (Fault(file) is { } fault)
            {
                faults.Add(fault);
                _whole.Remove(file.Path);
            }
            else
            {
                _whole.Add(file.Path);
            }
        }

        _whole.IntersectWith(lake.Files.Select(file => file.Path));
        return faults;
    }

    private string? Fault(ListedFile listed)
    {
        var file = new FileInfo(layout.FullPath(listed.Path));
        if (!file.Exists)
        {
            return $"{listed.Path} is missing: {listed.Rows} rows of {Loads(listed)} cannot be read.";
        }

        if (file.Length != listed.Bytes)
        {
            return $"{listed.Path} has {file.Length} bytes and should have {listed.Bytes}: it is torn. {listed.Rows} rows of {Loads(listed)} cannot be trusted.";
        }

        return _whole.Contains(listed.Path) || ParquetFooter.TryReadRows(file.FullName) == listed.Rows
            ? null
            : $"{listed.Path} has no readable footer of {listed.Rows} rows: it is torn. The rows of {Loads(listed)} cannot be trusted.";
    }

    private static string Loads(ListedFile file) =>
        file.Loads is [var only] ? $"load {only.LoadId}" : $"loads {file.Loads.Min(load => load.LoadId)} to {file.Loads.Max(load => load.LoadId)}";
}

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
