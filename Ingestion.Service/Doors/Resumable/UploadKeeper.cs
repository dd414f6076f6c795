using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>
/// Looks through the uploads from time to time: removes expired ones, and queues whole ones that are not loaded yet, such as those of a replica that died.
/// </summary>
internal sealed partial class UploadKeeper(
    UploadStore store,
    UploadQueue queue,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<UploadKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.UploadScanInterval, time);
        do
        {
            foreach (var id in store.Ids())
            {
                try
                {
                    await KeepAsync(id, stoppingToken);
                }
                catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
                {
                    // Removed by a client or another replica meanwhile, or the disk is in trouble; the next round tells.
                    Log.Skipped(logger, id, trouble);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task KeepAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } upload)
        {
            store.RemoveRemains(id);
            return;
        }

        if (upload.WaitsToBeLoaded)
        {
            queue.Add(id);
            return;
        }

        if (!upload.IsFinished && !upload.IsExpired(time.GetUtcNow()))
        {
            return;
        }

        using var held = upload.TryLock();
        if (held is null)
        {
            return;
        }

        // A crash may have left the bytes of a finished upload.
        if (upload.IsFinished)
        {
            upload.DropBytes();
        }

        // Checked again, now that nobody can add to it.
        if (upload.IsExpired(time.GetUtcNow()))
        {
            upload.Remove();
            Log.Expired(logger, id, upload.Info.CreatedAt);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Upload {UploadId} of {CreatedAt} expired and was removed")]
        public static partial void Expired(ILogger logger, string uploadId, DateTimeOffset createdAt);

        [LoggerMessage(LogLevel.Debug, "Upload {UploadId} could not be checked")]
        public static partial void Skipped(ILogger logger, string uploadId, Exception trouble);
    }
}
