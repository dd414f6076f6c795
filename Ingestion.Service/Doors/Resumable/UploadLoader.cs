using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>
/// Loads whole uploads in the background, whether their client waits or has gone. A load that was interrupted (crash, no database, no disk space) is found by
/// <see cref="UploadKeeper"/> and done again: the same content is never loaded twice.
/// </summary>
internal sealed partial class UploadLoader(
    UploadStore store,
    UploadQueue queue,
    FileIntake intake,
    IngestionTelemetry telemetry,
    IOptions<IngestionOptions> options,
    ILogger<UploadLoader> logger) : BackgroundService
{
    /// <summary>Loads at once: each holds buffers of tens of megabytes.</summary>
    private const int Workers = 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await LoadAsync(id, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception outage) when (OutageHandler.IsOutage(outage))
            {
                Log.Postponed(logger, id, outage);
            }
        }
    }

    private async Task LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } upload || upload.TryLock() is not { } held)
        {
            return;
        }

        using (held)
        {
            if (upload.WaitsToBeLoaded)
            {
                await upload.FinishAsync(await ReportAsync(upload, cancellationToken), CancellationToken.None);
                await store.RemovePartsAsync(upload, CancellationToken.None);
            }
        }
    }

    private async Task<IntakeReport> ReportAsync(StoredUpload upload, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity("ingestion load resumable upload", ActivityKind.Internal, upload.Info.TraceParent);
        activity?.SetTag("dunnhumby.upload", upload.Info.Id);
        await using var data = upload.OpenBytes();
        return await intake.LoadAsync(FileOf(upload.Info), data, cancellationToken);
    }

    private IntakeFile FileOf(UploadInfo info) => new(
        info.FileName,
        info.Dataset,
        info.Length,
        info.Sha256 is { } sha256 ? Convert.FromHexString(sha256) : null,
        (info.MaxQuarantined is { } budget ? ErrorBudget.Parse(budget) : null) ?? ErrorBudget.Default(options.Value))
    {
        Key = info.Owner,
        By = info.By,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Upload {UploadId} cannot be loaded now and is retried")]
        public static partial void Postponed(ILogger logger, string uploadId, Exception outage);
    }
}

/// <summary>The whole uploads that wait to be loaded by this process, each once.</summary>
internal sealed class UploadQueue
{
    private readonly Channel<string> _ids = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, bool> _waiting = new(StringComparer.Ordinal);

    internal void Add(string id)
    {
        if (_waiting.TryAdd(id, value: true))
        {
            _ids.Writer.TryWrite(id);
        }
    }

    internal async IAsyncEnumerable<string> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in _ids.Reader.ReadAllAsync(cancellationToken))
        {
            _waiting.TryRemove(id, out _);
            yield return id;
        }
    }
}
