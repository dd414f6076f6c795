using System.Buffers.Binary;
using System.IO.Compression;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>A zip archive whose directory was found harmless. Nothing is ever unpacked to a path: files are read as streams.</summary>
internal sealed class Archive : IAsyncDisposable
{
    private const int UnixModeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    private readonly ZipArchive _zip;

    private Archive(ZipArchive zip, IReadOnlyList<ArchiveEntry> entries)
    {
        _zip = zip;
        Entries = entries;
    }

    /// <summary>The files, without folders and what desktops leave behind.</summary>
    internal IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Reads the directory; refuses an archive that is damaged, or holds what is never taken. Closing the archive leaves <paramref name="content"/> open.</summary>
    /// <param name="content">The archive, seekable.</param>
    internal static async Task<Result<Archive>> OpenAsync(Stream content, IngestionOptions options, CancellationToken cancellationToken)
    {
        if (await ArchiveDirectory.FaultAsync(content, cancellationToken) is { } broken)
        {
            return broken;
        }

        ZipArchive? zip = null;
        Archive? archive = null;
        try
        {
            zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            if (Fault(zip, content.Length, options) is { } fault)
            {
                return fault;
            }

            archive = new Archive(zip, [.. zip.Entries.Where(IsFile).Select(entry => new ArchiveEntry(entry))]);
            return archive;
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            return ArchiveDirectory.Damaged("its directory is broken");
        }
        finally
        {
            if (archive is null)
            {
                zip?.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync() => await _zip.DisposeAsync();

    private static bool IsFile(ZipArchiveEntry entry) => !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\') && !EntryNames.IsLeftover(entry.FullName);

    private static Rejection? Fault(ZipArchive zip, long length, IngestionOptions options)
    {
        if (ForeignFormats.OfArchive([.. zip.Entries.Select(entry => entry.FullName)]) is { } document)
        {
            return document;
        }

        var (compressed, plain) = (0L, 0L);
        foreach (var entry in zip.Entries)
        {
            if (Fault(entry) is { } fault)
            {
                return fault;
            }

            compressed = checked(compressed + entry.CompressedLength);
            plain = checked(plain + entry.Length);
        }

        // More than the archive itself: files that overlap, so that the same bytes are unpacked many times over.
        return compressed > length || plain > options.MaxDecompressedBytes || (plain > LimitedStream.RatioFloorBytes && plain / Math.Max(1, length) > options.MaxCompressionRatio)
            ? LimitedStream.TooLarge($"The archive's files have {plain} bytes unpacked; it may grow at most {options.MaxCompressionRatio} times, to {options.MaxDecompressedBytes} bytes.")
            : null;
    }

    private static Rejection? Fault(ZipArchiveEntry entry)
    {
        var shown = entry.FullName.Length > 200 ? entry.FullName[..200] : entry.FullName;
        if (EntryNames.Escapes(entry.FullName))
        {
            return new Rejection("unsafe-path", "A path in the archive leads out of it", $"The archive holds '{shown.Replace('\0', '\uFFFD')}'. Pack the files with plain relative paths.");
        }

        var type = (entry.ExternalAttributes >> UnixModeShift) & UnixTypeMask;
        if (type is not (0 or UnixFile or UnixFolder))
        {
            return new Rejection("link-in-archive", "The archive holds a link", $"'{shown}' is a link or a special file. Pack the file itself.");
        }

        return entry.IsEncrypted
            ? new Rejection("encrypted-archive", "The archive is encrypted", $"'{shown}' is protected with a password. Pack the files without one.")
            : null;
    }
}

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

    /// <summary>What is wrong with it, if anything: there is no directory, or it is too large.</summary>
    internal static async Task<Rejection?> FaultAsync(Stream archive, CancellationToken cancellationToken)
    {
        var tail = new byte[Math.Min(archive.Length, EndBytes + MaxCommentBytes + LocatorBytes)];
        archive.Position = archive.Length - tail.Length;
        await archive.ReadExactlyAsync(tail, cancellationToken);
        var end = tail.AsSpan(0, Math.Max(0, tail.Length - EndBytes + 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0)
        {
            return Damaged("its directory is missing: it was probably cut off");
        }

        long offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + DirectoryOffset));
        if (offset == uint.MaxValue)
        {
            if (await Offset64Async(archive, tail.AsMemory(0, end), cancellationToken) is not { } offset64)
            {
                return Damaged("its directory is missing");
            }

            offset = offset64;
        }

        if (offset < 0 || offset > archive.Length || archive.Length - offset > MaxDirectoryBytes + MaxCommentBytes)
        {
            return new Rejection(
                "too-many-files",
                "The archive holds too many files",
                "Its directory is larger than a megabyte. Send an archive of the eight files only.");
        }

        archive.Position = 0;
        return null;
    }

    internal static Rejection Damaged(string what) =>
        new("damaged-content", "The compressed content is damaged", $"The zip archive cannot be read: {what}. Make it again and send it whole.");

    /// <summary>Where the directory of a large archive begins; null when it does not say so.</summary>
    private static async Task<long?> Offset64Async(Stream archive, ReadOnlyMemory<byte> beforeEnd, CancellationToken cancellationToken)
    {
        if (beforeEnd.Length < LocatorBytes || !beforeEnd.Span[^LocatorBytes..].StartsWith("PK\u0006\u0007"u8))
        {
            return null;
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(beforeEnd.Span[^LocatorBytes..][LocatedOffset..]);
        if (at < 0 || at > archive.Length - Record64Bytes)
        {
            return null;
        }

        var record = new byte[Record64Bytes];
        archive.Position = at;
        await archive.ReadExactlyAsync(record, cancellationToken);
        return BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(Directory64Offset));
    }
}
