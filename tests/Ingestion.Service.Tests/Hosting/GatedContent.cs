using System.Net;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>A body of which the second part is sent only when <see cref="Open"/> was called: an upload that is under way for as long as a test likes.</summary>
internal sealed class GatedContent(byte[] first, byte[] second) : HttpContent
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Open() => _gate.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(first);
        await stream.FlushAsync();
        await _gate.Task;
        await stream.WriteAsync(second);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = first.Length + second.Length;
        return true;
    }
}
