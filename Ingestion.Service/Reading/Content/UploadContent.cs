using System.IO.Compression;
using System.Text;
using Dunnhumby.Lake.Files;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>
/// An upload's body as UTF-8 text without byte-order mark, in whatever form it was sent: plain, gzip, zstd or a zip of one file (recognised by magic bytes, never by name),
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

    /// <summary>The name of the only file of a zip archive; null for anything else.</summary>
    internal string? EntryName => _unpacked?.Name;

    /// <summary>Bytes of the body as sent.</summary>
    internal long BodyBytes => _body.Bytes;

    /// <summary>Bytes after decompression.</summary>
    internal long PlainBytes => _plain.Bytes;

    /// <summary>SHA-256 of the decompressed bytes read so far.</summary>
    internal byte[] PlainSha256() => _plain.Sha256() ?? throw new InvalidOperationException("The decompressed bytes are always hashed.");

    /// <summary>Hashes of the body as sent, if any was declared.</summary>
    internal ContentHashes BodyHashes() => _body.Hashes();

    /// <summary>Hashes of the decompressed bytes.</summary>
    internal ContentHashes PlainHashes() => _plain.Hashes();

    /// <summary>
    /// Takes off the transport's encoding and recognises the formats; refuses an archive or a format that is not taken. Reads the first bytes of the body, of a zip
    /// archive all of it.
    /// </summary>
    internal static async Task<Result<UploadContent>> OpenAsync(Upload upload, LakeLayout layout, IngestionOptions options, CancellationToken cancellationToken)
    {
        var body = new MeteredStream(upload.Body, upload.Digests.Any, options.MaxRequestBytes, upload.Digests.NeedSha512);
        var sent = upload.Coding == ContentCoding.None ? body : new MeteredStream(ContentCodings.Decode(upload.Coding, body, options), hash: false);
        if ((await PeekAsync(sent, cancellationToken)).IsRefused(out var rejection, out var peeked))
        {
            return rejection;
        }

        if (upload.IsNested || !IsZip(peeked.Head.Span))
        {
            return await OpenAsync(upload, body, unpacked: null, sent, peeked, options, cancellationToken);
        }

        if ((await Unpacked.OpenAsync(peeked.Stream, layout, options, cancellationToken)).IsRefused(out rejection, out var unpacked))
        {
            return rejection;
        }

        UploadContent? content = null;
        try
        {
            var file = new MeteredStream(unpacked.File, hash: false);
            return (await PeekAsync(file, cancellationToken)).IsRefused(out rejection, out peeked)
                || (await OpenAsync(upload, body, unpacked, file, peeked, options, cancellationToken)).IsRefused(out rejection, out content)
                ? rejection
                : content;
        }
        finally
        {
            if (content is null)
            {
                await unpacked.DisposeAsync();
            }
        }
    }

    /// <summary>The first bytes, which tell how the rest is compressed. A file of an archive may be so short that its checksum is found wrong here already.</summary>
    private static async Task<Result<PeekedStream>> PeekAsync(Stream sent, CancellationToken cancellationToken)
    {
        try
        {
            return await PrefixedStream.PeekAsync(sent, MagicBytes, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return ArchiveDirectory.Damaged("its file is damaged");
        }
    }

    private static async Task<Result<UploadContent>> OpenAsync(
        Upload upload, MeteredStream body, Unpacked? unpacked, MeteredStream compressed, PeekedStream sent, IngestionOptions options, CancellationToken cancellationToken)
    {
        var isGzip = IsGzip(sent.Head.Span);
        var isCompressed = isGzip || IsZstd(sent.Head.Span);
        var decompressed = new LimitedStream(Decompress(sent.Head.Span, sent.Stream), compressed, isGzip, options);
        var plain = new MeteredStream(decompressed, hash: true, hash512: upload.Digests.NeedSha512);
        var (head, text) = await PrefixedStream.PeekAsync(plain, ForeignFormats.HeadBytes, cancellationToken);
        if (IsUtf32(head.Span))
        {
            return Rejection.UnknownEncoding("The file is UTF-32.") with { Line = 1, ByteOffset = 0 };
        }

        var (markLength, encoding) = Mark(head.Span);
        if (markLength == 0 && ForeignFormats.OfBytes(head.Span, isCompressed) is { } foreign)
        {
            return foreign;
        }

        Stream unmarked = markLength == 0 ? text : new PrefixedStream(head[markLength..], plain);
        if (encoding is not null)
        {
            (head, unmarked) = await PrefixedStream.PeekAsync(Encoding.CreateTranscodingStream(unmarked, encoding, Encoding.UTF8), ForeignFormats.HeadBytes, cancellationToken);
        }

        return ForeignFormats.OfText(encoding is null ? head.Span[markLength..] : head.Span) is { } other
            ? other
            : new UploadContent(body, unpacked, decompressed, plain, unmarked) { IsTranscoded = encoding is not null, MarkLength = markLength };
    }

    private static bool IsUtf32(ReadOnlySpan<byte> head) => head is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..];

    /// <summary>The length of a byte-order mark, and the encoding to be transcoded that it says.</summary>
    private static (int Length, Encoding? Encoding) Mark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (3, null),
        [0xFF, 0xFE, ..] => (2, Encoding.Unicode),
        [0xFE, 0xFF, ..] => (2, Encoding.BigEndianUnicode),
        _ => (0, null),
    };

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
    internal static async Task<PeekedStream> PeekAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var head = new byte[count];
        var read = await stream.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken);
        return new PeekedStream(head.AsMemory(0, read), new PrefixedStream(head.AsMemory(0, read), stream));
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

/// <summary>The first bytes of a stream, and all of it again.</summary>
internal sealed record PeekedStream(ReadOnlyMemory<byte> Head, PrefixedStream Stream);
