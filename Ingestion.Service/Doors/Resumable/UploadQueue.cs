using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

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
