using System.IO.Compression;
using System.IO.Hashing;
using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>A file in an archive. Its path is only ever shown, never used as one.</summary>
internal sealed class ArchiveEntry(ZipArchiveEntry entry)
{
    internal string Path { get; } = entry.FullName;

    /// <summary>The data set that its name says; null when it says none.</summary>
    internal string? Dataset { get; } = DatasetFiles.DatasetOf(entry.FullName);

    /// <summary>Whether it looks like a table or an archive, of whatever name: such a file is not left out in silence.</summary>
    internal bool LooksLikeData { get; } = EntryNames.LooksLikeData(entry.FullName);

    /// <summary>Its size before it was packed.</summary>
    internal long Bytes { get; } = entry.Length;

    /// <summary>Its content as it was before it was packed, checked against its length and CRC-32.</summary>
    /// <remarks>Refused when it is packed in a way that is not taken.</remarks>
    internal async Task<Result<CheckedEntryStream>> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new CheckedEntryStream(await entry.OpenAsync(cancellationToken), entry);
        }
        catch (InvalidDataException)
        {
            return new Rejection(
                "unsupported-compression",
                "The file is packed in an unsupported way",
                $"{Path} cannot be unpacked: it is damaged or not packed with Deflate. Pack it as an ordinary zip archive.");
        }
    }
}

/// <summary>Reads a file of an archive and checks at its end that it has the length and the CRC-32 that the archive says: the class library does not.</summary>
internal sealed class CheckedEntryStream(Stream content, ZipArchiveEntry entry) : ReadOnlyStream
{
    private readonly Crc32 _crc = new();
    private long _bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        _crc.Append(buffer.Span[..read]);
        _bytes += read;
        var isEnd = read == 0 && !buffer.IsEmpty;
        if (_bytes > entry.Length || (isEnd && (_bytes < entry.Length || _crc.GetCurrentHashAsUInt32() != entry.Crc32)))
        {
            throw new InvalidDataException("The file does not have the length or the checksum that its archive states.");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>What paths in an archive say. Archives made on Windows may hold backslashes.</summary>
internal static class EntryNames
{
    private static readonly string[] DataExtensions = [".csv", ".tsv", ".txt.gz", ".csv.gz", ".csv.zst", ".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".parquet", ".xlsx", ".xls"];
    private static readonly string[] Leftovers = [".DS_Store", "Thumbs.db", "desktop.ini", "_SUCCESS"];

    /// <summary>The last part of the path.</summary>
    internal static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>Whether it is one of the files that Spark writes for a table, in a folder of the table's name.</summary>
    internal static bool IsSparkPart(string path) => NameOf(path).StartsWith("part-", StringComparison.OrdinalIgnoreCase);

    internal static bool LooksLikeData(string path) => Array.Exists(DataExtensions, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a desktop, or Spark, left the file behind.</summary>
    internal static bool IsLeftover(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || path.Contains("/__MACOSX/", StringComparison.Ordinal)
        || NameOf(path).StartsWith("._", StringComparison.Ordinal)
        || (NameOf(path).StartsWith('.') && path.EndsWith(".crc", StringComparison.OrdinalIgnoreCase))
        || Array.Exists(Leftovers, leftover => leftover.Equals(NameOf(path), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the path leads out of the folder that it is unpacked into, or could on some system.</summary>
    internal static bool Escapes(string path) =>
        path.Length == 0
        || path[0] is '/' or '\\'
        || path.Contains('\0', StringComparison.Ordinal)
        || (path.Length > 1 && path[1] == ':')
        || path.Split('/', '\\').Contains("..", StringComparer.Ordinal);
}
