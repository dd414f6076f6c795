using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>How far one upload of this process has come.</summary>
internal sealed class UploadProgress(long id, Upload upload, DateTimeOffset receivedAt, TimeProvider time, Action<UploadProgress> ended) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();

    internal long Id { get; } = id;

    /// <summary>The fingerprint of the key that sends it; null for the watched folder's files.</summary>
    internal string? Key => upload.Key;

    internal long? BatchId => upload.BatchId;

    internal DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>Ends when the upload has ended, however it did.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>How it ended; null while it runs, and when an outage or a broken connection ended it.</summary>
    internal UploadOutcome? Outcome { get; set; }

    /// <summary>What is counted while it is read.</summary>
    internal ReadProgress Counts { get; } = new();

    internal RunningLoad Snapshot() => RunningFigures.Of(
        Id,
        upload.Table.Name,
        upload.FileName,
        upload.BatchId,
        ReceivedAt,
        new RunningCounts(Counts.Bytes, upload.Length, Counts.Read, Counts.Quarantined),
        ReceivedAt + time.GetElapsedTime(_started));

    public void Dispose()
    {
        ended(this);
        _ended.TrySetResult();
    }
}

/// <summary>The uploads that this process is reading.</summary>
internal sealed class RunningUploads(IDbContextFactory<LakeCatalog> catalogs, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, UploadProgress> _uploads = new();

    /// <summary>Names this process among the replicas.</summary>
    internal string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>An upload's reading begins, under the id that its load will have; it ends when the progress is disposed. Ids of uploads that do not become loads are not used again.</summary>
    internal async Task<UploadProgress> BeginAsync(Upload upload, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var id = await catalog.NextLoadIdAsync(cancellationToken);
        var progress = new UploadProgress(id, upload, time.GetCatalogNow(), time, ended => _uploads.TryRemove(ended.Id, out _));
        _uploads[id] = progress;
        return progress;
    }

    internal UploadProgress? Find(long id) => _uploads.GetValueOrDefault(id);

    internal IReadOnlyCollection<UploadProgress> All => [.. _uploads.Values];
}

/// <summary>Derives speeds and the estimated end from what was counted.</summary>
internal static class RunningFigures
{
    /// <summary>Before this much time, speeds say nothing.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(200);

    internal static RunningLoad Of(long id, string dataset, string? fileName, long? batchId, DateTimeOffset receivedAt, RunningCounts counts, DateTimeOffset seenAt)
    {
        var elapsed = seenAt - receivedAt;
        var isSettled = elapsed >= Settled;
        var bytesPerSecond = isSettled ? counts.Bytes / elapsed.TotalSeconds : 0;
        var left = counts.TotalBytes - counts.Bytes;
        return new RunningLoad(
            id,
            dataset,
            LoadStates.Running,
            fileName,
            batchId,
            receivedAt,
            counts.Bytes,
            counts.TotalBytes,
            counts.Read,
            counts.Quarantined,
            isSettled ? counts.Read / elapsed.TotalSeconds : 0,
            bytesPerSecond,
            left is { } bytes && bytesPerSecond > 0 ? seenAt + TimeSpan.FromSeconds(Math.Max(0, bytes) / bytesPerSecond) : null,
            seenAt);
    }
}

/// <summary>What was counted of an upload so far.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunningCounts(long Bytes, long? TotalBytes, long Read, long Quarantined);
