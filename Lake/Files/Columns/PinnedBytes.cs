using System.Runtime.InteropServices;
using ParquetSharp;

namespace Dunnhumby.Lake.Files.Columns;

/// <summary>A few byte strings at addresses that do not move, as the Parquet encoder wants them.</summary>
internal sealed class PinnedBytes
{
    // Keeps the memory that the slices point into alive.
    private readonly byte[] _memory;

    private PinnedBytes(byte[] memory, ByteArray[] slices)
    {
        _memory = memory;
        Slices = slices;
    }

    internal ByteArray[] Slices { get; }

    internal static PinnedBytes Of(IEnumerable<byte[]> texts)
    {
        var all = texts.ToList();
        var memory = GC.AllocateUninitializedArray<byte>(Math.Max(1, all.Sum(text => text.Length)), pinned: true);
        var slices = new ByteArray[all.Count];
        var position = 0;
        for (var index = 0; index < all.Count; index++)
        {
            all[index].CopyTo(memory, position);
            slices[index] = new ByteArray(Marshal.UnsafeAddrOfPinnedArrayElement(memory, position), all[index].Length);
            position += all[index].Length;
        }

        return new PinnedBytes(memory, slices);
    }

    /// <summary>Must be called after the slices were used, so that the memory outlives them.</summary>
    internal void KeepAlive() => GC.KeepAlive(_memory);
}
