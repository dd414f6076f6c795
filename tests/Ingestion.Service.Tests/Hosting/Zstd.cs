using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>Zstandard frames.</summary>
internal static class Zstd
{
    internal static byte[] Of(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var zstd = new CompressionStream(target))
        {
            zstd.Write(plain);
        }

        return target.ToArray();
    }
}
