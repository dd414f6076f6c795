using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenTelemetry;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>The uploads that any replica is reading: this process's own as they are now, the others' as they last said.</summary>
internal sealed class RunningLoads(RunningUploads uploads, IDbContextFactory<LakeCatalog> catalogs, TimeProvider time)
{
    /// <summary>What a replica has not refreshed for this long died with it.</summary>
    internal static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(15);

    /// <summary>Null when no replica is reading an upload of this id.</summary>
    internal async Task<RunningLoad?> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (uploads.Find(id) is { } here)
        {
            return here.Snapshot();
        }

        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await Elsewhere(catalog).Where(load => load.Id == id).SingleOrDefaultAsync(cancellationToken) is { } row ? Shown(row) : null;
    }

    /// <summary>The newest first.</summary>
    internal async Task<IReadOnlyList<RunningLoad>> ListAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var elsewhere = await Elsewhere(catalog).ToListAsync(cancellationToken);
        return [.. uploads.All.Select(upload => upload.Snapshot()).Concat(elsewhere.Select(Shown)).OrderByDescending(load => load.Id)];
    }

    private IQueryable<RunningLoadEntity> Elsewhere(LakeCatalog catalog)
    {
        var since = time.GetUtcNow() - Forgotten;
        return catalog.RunningLoads.AsNoTracking().Where(load => load.Owner != uploads.Owner && load.SeenAt > since);
    }

    private static RunningLoad Shown(RunningLoadEntity row) => RunningFigures.Of(
        row.Id, row.Dataset, row.FileName, row.BatchId, row.ReceivedAt, new RunningCounts(row.Bytes, row.TotalBytes, row.Read, row.Quarantined), row.SeenAt);
}

/// <summary>
/// Tells the other replicas once a second how far this one's uploads have come. An upload of less than a second is never written down: it costs nothing.
/// </summary>
internal sealed partial class ProgressHeartbeat(RunningUploads uploads, NpgsqlDataSource database, TimeProvider time, ILogger<ProgressHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private bool _isEmpty;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (NpgsqlException away)
            {
                Log.NotTold(logger, away);
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var loads = uploads.All.Where(upload => now - upload.ReceivedAt >= Beat).ToList();
        if (loads.Count == 0 && _isEmpty)
        {
            return;
        }

        using var untraced = SuppressInstrumentationScope.Begin(); // One a second would bury all other traces.
        await using var batch = database.CreateBatch();
        foreach (var load in loads)
        {
            batch.BatchCommands.Add(Refresh(load.Snapshot(), load.Key));
        }

        batch.BatchCommands.Add(Forget(loads, now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        _isEmpty = loads.Count == 0;
    }

    private NpgsqlBatchCommand Refresh(RunningLoad load, string? key) => new(
        """
        insert into catalog.running_loads (id, owner, dataset, file_name, batch_id, received_at, bytes, total_bytes, read, quarantined, seen_at, key_fingerprint)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (id) do update set bytes = excluded.bytes, read = excluded.read, quarantined = excluded.quarantined, seen_at = excluded.seen_at
        """)
    {
        Parameters =
        {
            new() { Value = load.Id },
            new() { Value = uploads.Owner },
            new() { Value = load.Dataset },
            new() { Value = (object?)load.FileName ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            new() { Value = (object?)load.BatchId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            new() { Value = load.ReceivedAt },
            new() { Value = load.Bytes },
            new() { Value = (object?)load.TotalBytes ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            new() { Value = load.Read },
            new() { Value = load.Quarantined },
            new() { Value = load.SeenAt },
            new() { Value = (object?)key ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
        },
    };

    /// <summary>Removes this replica's uploads that have ended, and those of replicas that are gone.</summary>
    private NpgsqlBatchCommand Forget(List<UploadProgress> loads, DateTimeOffset now) => new(
        "delete from catalog.running_loads where (owner = $1 and not (id = any($2))) or seen_at < $3")
    {
        Parameters =
        {
            new() { Value = uploads.Owner },
            new() { Value = loads.Select(load => load.Id).ToArray() },
            new() { Value = now - RunningLoads.Forgotten },
        },
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The progress of uploads could not be sent to other replicas")]
        public static partial void NotTold(ILogger logger, Exception failure);
    }
}
