using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Care;
using Dunnhumby.Contracts.Lake;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>One round of lake care: compact, write the manifests, remove what nobody needs, check that every listed file exists.</summary>
internal sealed partial class CareRounds(
    NpgsqlDataSource database,
    IDbContextFactory<LakeCatalog> catalogs,
    Compactor compactor,
    LakeManifest manifest,
    RetiredFiles retired,
    OrphanFiles orphans,
    FileFaults faults,
    TimeProvider time,
    ILogger<CareRounds> logger)
{
    private const int Remembered = 100;

    /// <returns>What was done; null when another process was at it.</returns>
    internal async Task<CareRoundEntity?> RunAsync(CancellationToken cancellationToken)
    {
        await using var held = await CareLock.TryTakeAsync(database, cancellationToken);
        if (held is null)
        {
            return null;
        }

        var started = time.GetUtcNow();
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var (merged, written) = await compactor.RunAsync(held, await LakeSnapshot.ReadAsync(catalog, time, cancellationToken), cancellationToken);

        // Read again: with what was merged, and before the directory is read, so that a file that is just arriving is never taken for an orphan.
        var lake = await LakeSnapshot.ReadAsync(catalog, time, cancellationToken);
        await manifest.WriteAsync(lake, cancellationToken);
        var found = faults.Find(lake);
        foreach (var fault in found)
        {
            Log.Fault(logger, fault);
        }

        var removed = await retired.RemoveAsync(held.Connection, cancellationToken);
        var (orphanFiles, orphanBytes) = orphans.Remove(lake);
        var round = new CareRoundEntity
        {
            StartedAt = started,
            FinishedAt = time.GetUtcNow(),
            FilesMerged = merged,
            FilesWritten = written,
            FilesRemoved = removed,
            OrphansRemoved = orphanFiles,
            OrphanBytes = orphanBytes,
            Faults = [.. found],
        };
        catalog.CareRounds.Add(round);
        await catalog.SaveChangesAsync(cancellationToken);
        await catalog.CareRounds
            .Where(old => old.Id <= round.Id - Remembered && old.FilesMerged == 0 && old.OrphansRemoved == 0)
            .ExecuteDeleteAsync(cancellationToken);
        return round;
    }

    internal static CareRound ToContract(CareRoundEntity round) => new(
        round.FinishedAt,
        (round.FinishedAt - round.StartedAt).TotalSeconds,
        round.FilesMerged,
        round.FilesWritten,
        round.FilesRemoved,
        round.OrphansRemoved,
        round.OrphanBytes);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The lake is damaged: {Fault} Restore the file, or withdraw the loads and upload them again")]
        public static partial void Fault(ILogger logger, string fault);
    }
}
