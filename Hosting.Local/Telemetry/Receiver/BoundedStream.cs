namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Reads at most so many bytes of another stream, which it owns, and turns what goes wrong into the protocol's own exceptions.</summary>
internal sealed class BoundedStream(Stream source, long maxBytes, Func<Exception> tooLarge, Func<InvalidDataException, Exception> malformed) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Counted(source.Read(buffer));
        }
        catch (InvalidDataException exception)
        {
            throw malformed(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await source.ReadAsync(buffer, cancellationToken));
        }
        catch (InvalidDataException exception)
        {
            throw malformed(exception);
        }
    }

    public override void Flush() => source.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _read += read;
        return _read > maxBytes ? throw tooLarge() : read;
    }
}
