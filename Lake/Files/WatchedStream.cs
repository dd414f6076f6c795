namespace Dunnhumby.Lake.Files;

/// <summary>Remembers why writing failed: the Parquet library reports a failure of its stream in words only, and a full disk must be told from a defect.</summary>
internal sealed class WatchedStream(Stream inner) : Stream
{
    /// <summary>The first failure of the stream below; null when there was none.</summary>
    internal IOException? Failure { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException failure)
        {
            Failure ??= failure;
            throw;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);
}
