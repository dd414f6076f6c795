using System.Buffers.Binary;
using System.Buffers.Text;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The opaque position in a keyset-paged list: one number.</summary>
internal static class Cursor
{
    internal static string Of(long position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False when it is not one of ours.</summary>
    internal static bool TryRead(string? cursor, out long? position)
    {
        position = null;
        if (cursor is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (!Base64Url.IsValid(cursor, out var length) || length != sizeof(long) || !Base64Url.TryDecodeFromChars(cursor, bytes, out _))
        {
            return false;
        }

        position = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return true;
    }
}
