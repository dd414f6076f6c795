namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>
/// Refuses content that grows beyond all measure when it is decompressed, and content that cannot be decompressed at all.
/// </summary>
internal sealed class LimitedStream(Stream decompressed, MeteredStream compressed, bool isGzip, IngestionOptions options) : ReadOnlyStream
{
    /// <summary>Below this much output any ratio is harmless.</summary>
    internal const long RatioFloorBytes = 64L << 20;

    private long _bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await DecompressAsync(buffer, cancellationToken);
        if (read == 0 && isGzip && !buffer.IsEmpty)
        {
            await CheckEndAsync(cancellationToken);
        }

        _bytes += read;
        if (_bytes > options.MaxDecompressedBytes)
        {
            throw new RejectedContentException(TooLarge($"The content is larger than {options.MaxDecompressedBytes} bytes when decompressed."));
        }

        if (_bytes > RatioFloorBytes && _bytes / Math.Max(1, compressed.Bytes) > options.MaxCompressionRatio)
        {
            throw new RejectedContentException(TooLarge($"The content grows more than {options.MaxCompressionRatio} times when decompressed."));
        }

        return read;
    }

    private async ValueTask<int> DecompressAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await decompressed.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException)
        {
            throw Damaged("The content cannot be decompressed: it is damaged or cut off.", damage);
        }
    }

    /// <summary>
    /// .NET takes what is no gzip member for the end, and rows behind one would be lost in silence. Bytes that it left unread show that; those that it read ahead
    /// show it by their last four, which must be the length of the last member.
    /// </summary>
    private async Task CheckEndAsync(CancellationToken cancellationToken)
    {
        var more = await compressed.ReadAsync(new byte[1], cancellationToken);
        if (more > 0 || (_bytes <= uint.MaxValue && compressed.Tail > _bytes))
        {
            throw Damaged("Something that is not gzip follows the compressed content.");
        }
    }

    private static RejectedContentException Damaged(string what, Exception? cause = null) =>
        new(new Rejection("damaged-content", "The compressed content is damaged", what + " Compress the file again and send it whole."), cause);

    /// <summary>Why content is refused that grows too much.</summary>
    internal static Rejection TooLarge(string what) =>
        new("decompression-bomb", "The content is too large when decompressed", what + " Send the file in parts, or uncompressed.") { Kind = RejectionKind.TooLarge };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decompressed.Dispose();
        }

        base.Dispose(disposing);
    }
}
