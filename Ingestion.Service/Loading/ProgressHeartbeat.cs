using Dunnhumby.Contracts.Loads;
using Npgsql;
using OpenTelemetry;

namespace Dunnhumby.Ingestion.Service.Loading;

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
        [LoggerMessage(LogLevel.Debug, "The progress of uploads could not be told to other replicas")]
        public static partial void NotTold(ILogger logger, Exception failure);
    }
}
