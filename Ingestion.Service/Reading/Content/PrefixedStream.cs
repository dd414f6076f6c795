namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>Gives back bytes that were read to recognise a format, then the rest.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream inner) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    /// <summary>Reads up to <paramref name="count"/> bytes ahead; fewer only at the end of the stream.</summary>
    internal static async Task<(ReadOnlyMemory<byte> Head, PrefixedStream Stream)> PeekAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var head = new byte[count];
        var read = await stream.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken);
        return (head.AsMemory(0, read), new PrefixedStream(head.AsMemory(0, read), stream));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_prefix.IsEmpty)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(_prefix.Length, buffer.Length);
        _prefix[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }
}
