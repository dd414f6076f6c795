using System.Buffers.Binary;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>
/// Bounds an archive's directory before it is read into memory: a body may consist of nothing but millions of directory entries. Reads the end records of
/// the ZIP format (APPNOTE 4.3.14 to 4.3.16).
/// </summary>
internal static class ArchiveDirectory
{
    /// <summary>Room for some ten thousand files.</summary>
    private const int MaxDirectoryBytes = 1 << 20;

    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int MaxCommentBytes = ushort.MaxValue;
    private const int DirectoryOffset = 16;
    private const int Directory64Offset = 48;
    private const int Record64Bytes = 56;
    private const int LocatedOffset = 8;

    /// <exception cref="RejectedContentException">There is no directory, or it is too large.</exception>
    internal static async Task CheckAsync(Stream archive, CancellationToken cancellationToken)
    {
        var tail = new byte[Math.Min(archive.Length, EndBytes + MaxCommentBytes + LocatorBytes)];
        archive.Position = archive.Length - tail.Length;
        await archive.ReadExactlyAsync(tail, cancellationToken);
        var end = tail.AsSpan(0, Math.Max(0, tail.Length - EndBytes + 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0)
        {
            throw new RejectedContentException(Damaged("its directory is missing: it was probably cut off"));
        }

        long offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + DirectoryOffset));
        if (offset == uint.MaxValue)
        {
            offset = await Offset64Async(archive, tail.AsMemory(0, end), cancellationToken);
        }

        if (offset < 0 || offset > archive.Length || archive.Length - offset > MaxDirectoryBytes + MaxCommentBytes)
        {
            throw new RejectedContentException(new Rejection(
                "too-many-files",
                "The archive holds too many files",
                "Its directory is larger than a megabyte. Send an archive of the eight files only."));
        }

        archive.Position = 0;
    }

    internal static Rejection Damaged(string what) =>
        new("damaged-content", "The compressed content is damaged", $"The zip archive cannot be read: {what}. Make it again and send it whole.");

    private static async Task<long> Offset64Async(Stream archive, ReadOnlyMemory<byte> beforeEnd, CancellationToken cancellationToken)
    {
        if (beforeEnd.Length < LocatorBytes || !beforeEnd.Span[^LocatorBytes..].StartsWith("PK\u0006\u0007"u8))
        {
            throw new RejectedContentException(Damaged("its directory is missing"));
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(beforeEnd.Span[^LocatorBytes..][LocatedOffset..]);
        if (at < 0 || at > archive.Length - Record64Bytes)
        {
            throw new RejectedContentException(Damaged("its directory is missing"));
        }

        var record = new byte[Record64Bytes];
        archive.Position = at;
        await archive.ReadExactlyAsync(record, cancellationToken);
        return BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(Directory64Offset));
    }
}
