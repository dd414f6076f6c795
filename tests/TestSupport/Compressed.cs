using System.IO.Compression;
using System.Text;

namespace Dunnhumby.TestSupport;

/// <summary>Content as a client compresses it.</summary>
public static class Compressed
{
    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] plain)
    {
        ArgumentNullException.ThrowIfNull(plain);
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }
}
