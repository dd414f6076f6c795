using System.IO.Compression;
using System.Text;
using Dunnhumby.Lake.Files;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>
/// An upload's body as UTF-8 text without byte-order mark, whatever it came as: plain, gzip, zstd or a zip of one file (told by magic bytes, never by name),
/// UTF-8 or UTF-16 with a byte-order mark. Hashes and counts the decompressed bytes on the way.
/// </summary>
internal sealed class UploadContent : IAsyncDisposable
{
    private const int MagicBytes = 4;

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

    /// <summary>Hashes of the body as sent, as far as any was declared.</summary>
    internal ContentHashes BodyHashes() => _body.Hashes();

    /// <summary>Hashes of the decompressed bytes.</summary>
    internal ContentHashes PlainHashes() => _plain.Hashes();

    /// <summary>Takes off the transport's encoding and recognises the formats. Reads the first bytes of the body, of a zip archive all of it.</summary>
    /// <exception cref="RejectedContentException">An archive or a format that is not taken.</exception>
    internal static async Task<UploadContent> OpenAsync(Upload upload, LakeLayout layout, IngestionOptions options, CancellationToken cancellationToken)
    {
        var body = new MeteredStream(upload.Body, upload.Digests.Any, options.MaxRequestBytes, upload.Digests.NeedSha512);
        var sent = upload.Coding == ContentCoding.None ? body : new MeteredStream(ContentCodings.Decode(upload.Coding, body, options), hash: false);
        var (head, whole) = await PeekAsync(sent, cancellationToken);
        if (upload.IsNested || !IsZip(head.Span))
        {
            return await OpenAsync(upload, body, unpacked: null, sent, head, whole, options, cancellationToken);
        }

        var unpacked = await Unpacked.OpenAsync(whole, layout, options, cancellationToken);
        try
        {
            var file = new MeteredStream(unpacked.File, hash: false);
            (head, whole) = await PeekAsync(file, cancellationToken);
            return await OpenAsync(upload, body, unpacked, file, head, whole, options, cancellationToken);
        }
        catch
        {
            await unpacked.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first bytes, which tell how the rest is compressed. A file of an archive may be so short that its checksum is found wrong here already.</summary>
    private static async Task<(ReadOnlyMemory<byte> Head, PrefixedStream Stream)> PeekAsync(Stream sent, CancellationToken cancellationToken)
    {
        try
        {
            return await PrefixedStream.PeekAsync(sent, MagicBytes, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            throw new RejectedContentException(ArchiveDirectory.Damaged("its file is damaged"), damage);
        }
    }

    private static async Task<UploadContent> OpenAsync(
        Upload upload,
        MeteredStream body,
        Unpacked? unpacked,
        MeteredStream compressed,
        ReadOnlyMemory<byte> head,
        Stream whole,
        IngestionOptions options,
        CancellationToken cancellationToken)
    {
        var isCompressed = IsGzip(head.Span) || IsZstd(head.Span);
        var decompressed = new LimitedStream(Decompress(head.Span, whole), compressed, IsGzip(head.Span), options);
        var plain = new MeteredStream(decompressed, hash: true, hash512: upload.Digests.NeedSha512);
        (head, var text) = await PrefixedStream.PeekAsync(plain, ForeignFormats.HeadBytes, cancellationToken);
        var (markLength, encoding) = Mark(head.Span);
        if (markLength == 0)
        {
            Refuse(ForeignFormats.OfBytes(head.Span, isCompressed));
        }

        Stream unmarked = markLength == 0 ? text : new PrefixedStream(head[markLength..], plain);
        if (encoding is not null)
        {
            (head, unmarked) = await PrefixedStream.PeekAsync(Encoding.CreateTranscodingStream(unmarked, encoding, Encoding.UTF8), ForeignFormats.HeadBytes, cancellationToken);
        }

        Refuse(ForeignFormats.OfText(encoding is null ? head.Span[markLength..] : head.Span));
        return new UploadContent(body, unpacked, decompressed, plain, unmarked) { IsTranscoded = encoding is not null, MarkLength = markLength };
    }

    /// <summary>The length of a byte-order mark, and the encoding to be transcoded that it says.</summary>
    private static (int Length, Encoding? Encoding) Mark(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => throw new RejectedContentException(Rejection.UnknownEncoding("The file is UTF-32.") with { Line = 1, ByteOffset = 0 }),
        [0xEF, 0xBB, 0xBF, ..] => (3, null),
        [0xFF, 0xFE, ..] => (2, Encoding.Unicode),
        [0xFE, 0xFF, ..] => (2, Encoding.BigEndianUnicode),
        _ => (0, null),
    };

    private static void Refuse(Rejection? foreign)
    {
        if (foreign is not null)
        {
            throw new RejectedContentException(foreign);
        }
    }

    /// <summary>Whether bytes begin like a zip archive, an empty one included.</summary>
    internal static bool IsZip(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..];

    private static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <summary>Zstandard, or a frame to be skipped, with which parallel compressors begin.</summary>
    private static bool IsZstd(ReadOnlySpan<byte> head) => head is [0x28, 0xB5, 0x2F, 0xFD, ..] or [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18, ..];

    /// <summary>Reads text; 0 at its end.</summary>
    internal ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => _text.ReadAsync(buffer, cancellationToken);

    private static Stream Decompress(ReadOnlySpan<byte> head, Stream body) => head switch
    {
        _ when IsGzip(head) => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
        _ when IsZstd(head) => new DecompressionStream(body, leaveOpen: true),
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

/// <summary>Gives back bytes that were read to recognise a format, then the rest.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream inner) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    /// <summary>Reads up to <paramref name="count"/> bytes ahead; fewer only at the end of the stream.</summary>
    internal static async Task<(ReadOnlyMemory<byte> Head, PrefixedStream Stream)> PeekAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var head = new byte[count];
        var read = await stream.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken);
        return (head.AsMemory(0, read), new PrefixedStream(head.AsMemory(0, read), stream));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_prefix.IsEmpty)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(_prefix.Length, buffer.Length);
        _prefix[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }
}
