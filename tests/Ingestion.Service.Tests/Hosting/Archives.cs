using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using ZstdSharp;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>Archives, good and evil.</summary>
internal static class Zip
{
    private const int UnixLink = 0xA1FF << 16;

    internal static byte[] Of(params (string Path, byte[] Content)[] files) => Of(files, links: false);

    internal static byte[] Of(params (string Path, string Content)[] files) => Of([.. files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Content)))]);

    internal static byte[] WithLink(string path) => Of([(path, "target"u8.ToArray())], links: true);

    /// <summary>The flag of an encrypted file, in the local header and in the directory.</summary>
    internal static byte[] Encrypted(string path, string content)
    {
        var zip = Of((path, content));
        zip[6] |= 1;
        zip[zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        return zip;
    }

    /// <summary>A directory that says another checksum than the content has.</summary>
    internal static byte[] WithWrongChecksum(string path, string content)
    {
        var zip = Of((path, content));
        zip[zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16] ^= 0xFF;
        return zip;
    }

    /// <summary>
    /// One stored file with everything said in the zip64 records (APPNOTE 4.3.14, 4.3.15 and 4.5.3), as writers do that do not know sizes ahead: made by hand,
    /// because the class library writes them only above 4 GiB.
    /// </summary>
    internal static byte[] Zip64(string path, byte[] content)
    {
        using var zip = new MemoryStream();
        var name = Encoding.UTF8.GetBytes(path);
        var crc = Crc32.HashToUInt32(content);
        long size = content.Length;
        Write(zip, 0x04034B50u, (ushort)45, (ushort)0, (ushort)0, 0u, crc, uint.MaxValue, uint.MaxValue, (ushort)name.Length, (ushort)20);
        zip.Write(name);
        Write(zip, (ushort)1, (ushort)16, size, size);
        zip.Write(content);
        var directory = zip.Position;
        Write(zip, 0x02014B50u, (ushort)45, (ushort)45, (ushort)0, (ushort)0, 0u, crc, uint.MaxValue, uint.MaxValue, (ushort)name.Length, (ushort)28, (ushort)0, (ushort)0, (ushort)0, 0u, uint.MaxValue);
        zip.Write(name);
        Write(zip, (ushort)1, (ushort)24, size, size, 0L);
        var end = zip.Position;
        Write(zip, 0x06064B50u, 44L, (ushort)45, (ushort)45, 0u, 0u, 1L, 1L, end - directory, directory);
        Write(zip, 0x07064B50u, 0u, end, 1u);
        Write(zip, 0x06054B50u, (ushort)0, (ushort)0, ushort.MaxValue, ushort.MaxValue, uint.MaxValue, uint.MaxValue, (ushort)0);
        return zip.ToArray();
    }

    private static byte[] Of((string Path, byte[] Content)[] files, bool links)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                var entry = zip.CreateEntry(path, CompressionLevel.SmallestSize);
                entry.ExternalAttributes = links ? UnixLink : 0;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return target.ToArray();
    }

    private static void Write(Stream stream, params object[] values)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (var value in values)
        {
            var (number, length) = value switch
            {
                ushort small => (small, 2),
                uint middle => (middle, 4),
                long large => (large, 8),
                _ => throw new ArgumentException("No such field.", nameof(values)),
            };
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            stream.Write(bytes[..length]);
        }
    }
}

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
