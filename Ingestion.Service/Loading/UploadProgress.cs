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
