using System.Runtime.InteropServices;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>
/// Pages of bits outside the collector's heap. The operating system backs only pages that are written to, the collector neither visits nor moves them, and
/// <see cref="SafeHandle.Dispose()"/> gives all of them back at once: the next upload does not wait for a collection.
/// </summary>
internal sealed unsafe class BitPages : SafeHandle
{
    /// <summary>Words of 64 bits in a page: 64 bytes, a line of the processor's cache.</summary>
    internal const int WordsPerPage = 8;

    private const int PageBytes = WordsPerPage * sizeof(ulong);

    private readonly int _capacity;

    // On a line's boundary, which the allocator does not promise.
    private readonly ulong* _words;
    private int _count;

    /// <param name="capacity">Pages at most.</param>
    internal BitPages(int capacity)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        _capacity = capacity;
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)capacity + 1, PageBytes));
        _words = (ulong*)((handle + PageBytes - 1) & -PageBytes);
    }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Takes the next page, all bits 0; false when there is none left.</summary>
    internal bool TryTake(out int page)
    {
        page = _count;
        _count += _count < _capacity ? 1 : 0;
        return page < _capacity;
    }

    /// <summary>A word of a page that was taken.</summary>
    internal ref ulong Word(int page, int word)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if ((uint)page >= (uint)_count)
        {
            throw new ArgumentOutOfRangeException(nameof(page), page, "No such page was taken.");
        }

        return ref _words[((long)page * WordsPerPage) + (word & (WordsPerPage - 1))];
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
