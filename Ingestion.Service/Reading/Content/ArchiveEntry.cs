using System.IO.Compression;
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
    /// <exception cref="RejectedContentException">It is packed in a way that is not taken.</exception>
    internal async Task<CheckedEntryStream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new CheckedEntryStream(await entry.OpenAsync(cancellationToken), entry);
        }
        catch (InvalidDataException unreadable)
        {
            throw new RejectedContentException(
                new Rejection("unsupported-compression", "The file is packed in a way that is not taken", $"{Path} cannot be unpacked: it is damaged or not packed with Deflate. Pack it as an ordinary zip archive."),
                unreadable);
        }
    }
}
