using System.Buffers;
using System.IO.Compression;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>How a body is encoded for its transport (<c>Content-Encoding</c>): taken off before the file in it is looked at.</summary>
internal static class ContentCodings
{
    internal const string Names = "gzip, zstd, br";

    /// <summary>Reads the header; null when it names what is not taken. Several encodings over each other are not.</summary>
    internal static ContentCoding? Read(string header)
    {
        var names = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !name.Equals("identity", StringComparison.OrdinalIgnoreCase))
            .ToList();
        return names switch
        {
            [] => ContentCoding.None,
            [var only] => only.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => ContentCoding.Gzip,
                "zstd" => ContentCoding.Zstd,
                "br" => ContentCoding.Brotli,
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>The body without its encoding, within the limits of all decompression.</summary>
    internal static Stream Decode(ContentCoding coding, MeteredStream body, IngestionOptions options) => coding switch
    {
        ContentCoding.Gzip => new LimitedStream(new GZipStream(body, CompressionMode.Decompress, leaveOpen: true), body, isGzip: true, options),
        ContentCoding.Zstd => new LimitedStream(new DecompressionStream(body, leaveOpen: true), body, isGzip: false, options),
        ContentCoding.Brotli => new LimitedStream(new BrotliContent(body), body, isGzip: false, options),
        _ => body,
    };
}

/// <summary>An encoding of a body.</summary>
internal enum ContentCoding
{
    None,
    Gzip,
    Zstd,
    Brotli,
}

/// <summary>Decodes Brotli. The class library's stream takes no notice of bytes behind the end, and rows there would be lost in silence.</summary>
internal sealed class BrotliContent(Stream body) : ReadOnlyStream
{
    private const int BufferBytes = 64 * 1_024;

    private readonly byte[] _input = new byte[BufferBytes];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _isDone;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isDone && !buffer.IsEmpty)
        {
            var status = _decoder.Decompress(_input.AsSpan(_start.._end), buffer.Span, out var consumed, out var written);
            _start += consumed;
            switch (status)
            {
                case OperationStatus.Done:
                    _isDone = true;
                    if (_start < _end || await body.ReadAsync(_input, cancellationToken) > 0)
                    {
                        throw new InvalidDataException("There are bytes after the end of the Brotli content.");
                    }

                    return written;
                case OperationStatus.InvalidData:
                    throw new InvalidDataException("This is not Brotli.");
                case OperationStatus.NeedMoreData when written == 0:
                    await FillAsync(cancellationToken);
                    break;
                default:
                    return written;
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _decoder.Dispose();
        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _input.AsSpan(_start.._end).CopyTo(_input);
        (_start, _end) = (0, _end - _start);
        var read = await body.ReadAsync(_input.AsMemory(_end), cancellationToken);
        _end += read > 0 ? read : throw new InvalidDataException("The Brotli content is cut off.");
    }
}
