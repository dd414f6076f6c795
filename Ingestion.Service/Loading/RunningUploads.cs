using System.Collections.Concurrent;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading;

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
