using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>gzip for gRPC that stops a small message from becoming a huge one: gRPC's own limit is on the compressed size.</summary>
internal sealed class BoundedGzip(int maxBytes) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) =>
        new BoundedStream(
            new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true),
            maxBytes,
            () => new RpcException(new Status(StatusCode.ResourceExhausted, $"The message is larger than {maxBytes} bytes when decompressed.")),
            malformed => new RpcException(new Status(StatusCode.InvalidArgument, malformed.Message)));
}
