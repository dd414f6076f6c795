using System.IO.Compression;
using System.Text;
using Dunnhumby.Ingestion.Service.Archives;
using Dunnhumby.Ingestion.Service.Uploads;
using Dunnhumby.Lake.Files;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Content;

/// <summary>
/// An upload's body as UTF-8 text without byte-order mark, whatever it came as: plain, gzip, zstd or a zip of one file (told by magic bytes, never by name or
/// header), UTF-8 or UTF-16 with a byte-order mark. Hashes and counts the decompressed bytes on the way.
/// </summary>
internal sealed class UploadContent : IAsyncDisposable
{
    private readonly MeteredStream _body;
    private readonly MeteredStream _plain;
    private readonly Stream _decompressed;
    private readonly Stream _text;
    private readonly Unpacked? _unpacked;

    private UploadContent(MeteredStream body, Unpacked? unpacked, Stream decompressed, MeteredStream plain, Stream text)
    {
        _unpacked = unpacked;
        _body = body;
        _decompressed = decompressed;
        _plain = plain;
        _text = text;
    }

    /// <summary>Whether the text was UTF-16: then U+FFFD in it stands for bytes that were not valid.</summary>
    internal bool IsTranscoded { get; private init; }

    /// <summary>Bytes of the file before the text that <see cref="ReadAsync"/> gives: the length of the byte-order mark.</summary>
    internal int MarkLength { get; private init; }

    /// <summary>Bytes of the body as sent.</summary>
    internal long BodyBytes => _body.Bytes;

    /// <summary>Bytes after decompression.</summary>
    internal long PlainBytes => _plain.Bytes;

    /// <summary>SHA-256 of the decompressed bytes read so far.</summary>
    internal byte[] PlainSha256() => _plain.Sha256() ?? throw new InvalidOperationException("The decompressed bytes are always hashed.");

    /// <summary>SHA-256 of the body as sent; null when it was not asked for.</summary>
    internal byte[]? BodySha256() => _body.Sha256();

    /// <summary>Recognises the formats. Reads the first bytes of the body, of a zip archive all of it.</summary>
    /// <exception cref="RejectedContentException">An archive that is not taken.</exception>
    internal static async Task<UploadContent> OpenAsync(Upload upload, LakeLayout layout, IngestionOptions options, CancellationToken cancellationToken)
    {
        var metered = new MeteredStream(upload.Body, upload.Digests.Any, options.MaxRequestBytes);
        var (magic, whole) = await PrefixedStream.PeekAsync(metered, 4, cancellationToken);
        if (upload.IsNested || !IsZip(magic.Span))
        {
            return await OpenAsync(metered, unpacked: null, metered, magic, whole, options, cancellationToken);
        }

        var unpacked = await Unpacked.OpenAsync(whole, layout, options, cancellationToken);
        try
        {
            var file = new MeteredStream(unpacked.File, hash: false);
            (magic, whole) = await PrefixedStream.PeekAsync(file, 4, cancellationToken);
            return await OpenAsync(metered, unpacked, file, magic, whole, options, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            await unpacked.DisposeAsync();
            throw new RejectedContentException(ArchiveDirectory.Damaged("its file is damaged"), damage);
        }
        catch
        {
            await unpacked.DisposeAsync();
            throw;
        }
    }

    private static async Task<UploadContent> OpenAsync(
        MeteredStream body,
        Unpacked? unpacked,
        MeteredStream compressed,
        ReadOnlyMemory<byte> magic,
        Stream whole,
        IngestionOptions options,
        CancellationToken cancellationToken)
    {
        var decompressed = new LimitedStream(Decompress(magic.Span, whole), compressed, magic.Span is [0x1F, 0x8B, ..], options);
        var plain = new MeteredStream(decompressed, hash: true);
        var (mark, text) = await PrefixedStream.PeekAsync(plain, 4, cancellationToken);
        return mark.Span switch
        {
            [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => throw new RejectedContentException(Rejection.UnknownEncoding("The file is UTF-32.") with { Line = 1, ByteOffset = 0 }),
            [0xEF, 0xBB, 0xBF, ..] => new(body, unpacked, decompressed, plain, new PrefixedStream(mark[3..], plain)) { MarkLength = 3 },
            [0xFF, 0xFE, ..] => Utf16(Encoding.Unicode),
            [0xFE, 0xFF, ..] => Utf16(Encoding.BigEndianUnicode),
            _ => new(body, unpacked, decompressed, plain, text),
        };

        UploadContent Utf16(Encoding encoding)
        {
            var unmarked = new PrefixedStream(mark[2..], plain);
            return new(body, unpacked, decompressed, plain, Encoding.CreateTranscodingStream(unmarked, encoding, Encoding.UTF8)) { IsTranscoded = true, MarkLength = 2 };
        }
    }

    /// <summary>Whether bytes begin like a zip archive, an empty one included.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> magic) => magic is [(byte)'P', (byte)'K', 3 or 5, 4 or 6];

    /// <summary>Reads text; 0 at its end.</summary>
    internal ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _text.ReadAsync(buffer, cancellationToken);

    private static Stream Decompress(ReadOnlySpan<byte> magic, Stream body) => magic switch
    {
        [0x1F, 0x8B, ..] => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
        [0x28, 0xB5, 0x2F, 0xFD] => new DecompressionStream(body, leaveOpen: true),
        _ when IsZip(magic) => throw new RejectedContentException(new Rejection(
            "nested-archive",
            "There is an archive in the archive",
            "Pack the CSV file itself: plain, or compressed with gzip or zstd.")),
        _ => body,
    };

    public async ValueTask DisposeAsync()
    {
        await _text.DisposeAsync();
        await _plain.DisposeAsync();
        await _decompressed.DisposeAsync();
        if (_unpacked is not null)
        {
            await _unpacked.DisposeAsync();
        }

        await _body.DisposeAsync();
    }
}
