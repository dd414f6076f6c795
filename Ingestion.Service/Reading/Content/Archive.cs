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

    /// <summary>Reads the directory. Closing the archive leaves <paramref name="content"/> open.</summary>
    /// <param name="content">The archive, seekable.</param>
    /// <exception cref="RejectedContentException">It is damaged, or holds what is never taken.</exception>
    internal static async Task<Archive> OpenAsync(Stream content, IngestionOptions options, CancellationToken cancellationToken)
    {
        await ArchiveDirectory.CheckAsync(content, cancellationToken);
        ZipArchive? zip = null;
        try
        {
            zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            Check(zip, content.Length, options);
            return new Archive(zip, [.. zip.Entries.Where(IsFile).Select(entry => new ArchiveEntry(entry))]);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException)
        {
            zip?.Dispose();
            throw new RejectedContentException(ArchiveDirectory.Damaged("its directory is broken"), damage);
        }
        catch (RejectedContentException)
        {
            zip?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await _zip.DisposeAsync();

    private static bool IsFile(ZipArchiveEntry entry) => !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\') && !EntryNames.IsLeftover(entry.FullName);

    private static void Check(ZipArchive zip, long length, IngestionOptions options)
    {
        if (ForeignFormats.OfArchive([.. zip.Entries.Select(entry => entry.FullName)]) is { } document)
        {
            throw new RejectedContentException(document);
        }

        var (compressed, plain) = (0L, 0L);
        foreach (var entry in zip.Entries)
        {
            if (Fault(entry) is { } fault)
            {
                throw new RejectedContentException(fault);
            }

            compressed = checked(compressed + entry.CompressedLength);
            plain = checked(plain + entry.Length);
        }

        // More than the archive itself: files that overlap, so that the same bytes are unpacked many times over.
        if (compressed > length || plain > options.MaxDecompressedBytes || (plain > LimitedStream.RatioFloorBytes && plain / Math.Max(1, length) > options.MaxCompressionRatio))
        {
            throw new RejectedContentException(LimitedStream.TooLarge(
                $"The archive's files have {plain} bytes unpacked; it may grow at most {options.MaxCompressionRatio} times, to {options.MaxDecompressedBytes} bytes."));
        }
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
