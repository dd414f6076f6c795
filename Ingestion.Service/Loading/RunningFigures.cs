using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Loading;

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
