using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>How a body is encoded for its transport (<c>Content-Encoding</c>): taken off before the file in it is looked at.</summary>
internal static class ContentCodings
{
    internal const string Names = "gzip, zstd, br";

    /// <summary>Reads the header; null when it names what is not taken. Several encodings over each other are not.</summary>
    internal static ContentCoding? Read(StringValues header)
    {
        var names = header.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
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
