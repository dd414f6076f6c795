using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>How far one upload of this process has come. Written by its reader once per block, read by whoever asks.</summary>
internal sealed class UploadProgress(long id, Upload upload, DateTimeOffset receivedAt, TimeProvider time, Action<UploadProgress> ended) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = time.GetTimestamp();
    private long _bytes;
    private long _read;
    private long _quarantined;

    internal long Id { get; } = id;

    /// <summary>The fingerprint of the key that sends it; null for the watched folder's files.</summary>
    internal string? Key => upload.Key;

    internal long? BatchId => upload.BatchId;

    internal DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>Ends when the upload has ended, however it did.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>How it ended; null while it runs, and when an outage or a broken connection ended it.</summary>
    internal UploadOutcome? Outcome { get; set; }

    internal void Report(long bytes, long read, long quarantined)
    {
        Volatile.Write(ref _bytes, bytes);
        Volatile.Write(ref _read, read);
        Volatile.Write(ref _quarantined, quarantined);
    }

    internal RunningLoad Snapshot() => RunningFigures.Of(
        Id,
        upload.Table.Name,
        upload.FileName,
        upload.BatchId,
        ReceivedAt,
        new RunningCounts(Volatile.Read(ref _bytes), upload.Length, Volatile.Read(ref _read), Volatile.Read(ref _quarantined)),
        ReceivedAt + time.GetElapsedTime(_started));

    public void Dispose()
    {
        ended(this);
        _ended.TrySetResult();
    }
}

/// <summary>The uploads that this process is reading.</summary>
internal sealed class RunningUploads(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, UploadProgress> _uploads = new();

    /// <summary>Names this process among the replicas.</summary>
    internal string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>An upload's reading begins; it ends when the progress is disposed.</summary>
    internal UploadProgress Begin(long id, Upload upload, DateTimeOffset receivedAt)
    {
        var progress = new UploadProgress(id, upload, receivedAt, time, ended => _uploads.TryRemove(ended.Id, out _));
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
