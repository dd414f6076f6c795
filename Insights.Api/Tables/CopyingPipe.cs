using System.Buffers;
using System.IO.Pipelines;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Writes to another writer and keeps a copy of what is written, as long as that is little.</summary>
/// <param name="target">The other writer.</param>
/// <param name="most">Bytes that are kept; of more nothing is.</param>
internal sealed class CopyingPipe(PipeWriter target, int most) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _copy = new();
    private Memory<byte> _given;
    private bool _isMore;

    /// <summary>What was written; null when it was too much.</summary>
    internal byte[]? Copy => _isMore ? null : _copy.WrittenSpan.ToArray();

    public override bool CanGetUnflushedBytes => target.CanGetUnflushedBytes;

    public override long UnflushedBytes => target.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _given = target.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        _isMore = _isMore || _copy.WrittenCount + bytes > most;
        if (!_isMore)
        {
            _copy.Write(_given.Span[..bytes]);
        }

        target.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => target.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => target.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => target.Complete(exception);
}
