using System.IO.Compression;
using System.IO.Hashing;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

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
            throw new InvalidDataException("The file has not the length or the checksum that its archive says.");
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
