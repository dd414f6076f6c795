using System.Runtime.InteropServices;
using Dunnhumby.Lake.Parquet;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>
/// For many keys of three numbers, one of them with a small range, such as the 36.8 million of product, store and week in the promotion data. A hash set of
/// them takes 600 MB; one bit per product for each store and week takes about 100 MB, because stores report most products in most weeks. What a key said is not
/// kept: the rare repeat is <see cref="Verdict.Undecided"/> until it is compared with the written file. Products get their bits in order of appearance and in
/// pages, so that the check stays in the processor's cache when the file is sorted by product or by store and week.
/// </summary>
/// <param name="columns">The key's columns. The first number is called product here, the second store and the small one week.</param>
internal sealed class DenseKeys(DenseKeyColumns columns) : DuplicateCheck, IDisposable
{
    /// <summary>A store's pages are this far apart.</summary>
    private const int WeeksPerStore = DenseKeyColumns.Span;

    private const int PageBits = 9;
    private const int WordBits = 6;

    /// <summary>Pages of 64 bytes that are held at most: 160 MB. The original file takes some 1,500,000.</summary>
    private const int MaxPages = 2_500_000;

    /// <summary>Entries of the index of pages at most: 64 MB. The original file takes some 3,000,000.</summary>
    private const int MaxIndexed = 16_000_000;

    private readonly NumberIndex _products = new();
    private readonly NumberIndex _stores = new();
    private readonly BitPages _bits = new(MaxPages);

    // For each 512 products, the page of each store and week plus one; 0 where there is none yet. In this order, because files sorted by product go
    // through all stores and weeks of a few products: what they look at stays close together.
    private int[][] _pages = [];
    private long _indexed;

    // The batch that was last judged and its key columns: looking them up for every row would cost more than the check.
    private RowBatch? _batch;
    private Int32Buffer _productValues = new();
    private Int32Buffer _storeValues = new();
    private Int32Buffer _weekValues = new();

    internal override Verdict Judge(RowBatch batch, int row)
    {
        if (!ReferenceEquals(batch, _batch))
        {
            Bind(batch);
        }

        if (!_products.TryOf(_productValues.Values[row], out var product) || !_stores.TryOf(_storeValues.Values[row], out var store))
        {
            return Verdict.NoRoom;
        }

        var group = (store * WeeksPerStore) + _weekValues.Values[row];
        if (!TryPage(product >> PageBits, group, out var page))
        {
            return Verdict.TooScattered;
        }

        ref var word = ref _bits.Word(page, product >> WordBits);
        var bit = 1UL << (product & ((1 << WordBits) - 1));
        if ((word & bit) != 0)
        {
            return Verdict.Undecided;
        }

        word |= bit;
        return Verdict.New;
    }

    public void Dispose() => _bits.Dispose();

    private void Bind(RowBatch batch)
    {
        _batch = batch;
        _productValues = (Int32Buffer)batch.Columns[columns.First];
        _storeValues = (Int32Buffer)batch.Columns[columns.Second];
        _weekValues = (Int32Buffer)batch.Columns[columns.Bounded];
    }

    /// <summary>The page of a group of products in a store and week; false when there is no room for one more.</summary>
    private bool TryPage(int products, int group, out int page)
    {
        if (products >= _pages.Length)
        {
            var from = _pages.Length;
            Array.Resize(ref _pages, Math.Max(products + 1, from * 2));
            Array.Fill(_pages, [], from, _pages.Length - from);
        }

        ref var pages = ref _pages[products];
        if (group >= pages.Length)
        {
            var length = Math.Max(group + 1, pages.Length + (pages.Length / 2));
            _indexed += length - pages.Length;
            if (_indexed > MaxIndexed)
            {
                page = 0;
                return false;
            }

            Array.Resize(ref pages, length);
        }

        ref var known = ref pages[group];
        if (known == 0)
        {
            if (!_bits.TryTake(out page))
            {
                return false;
            }

            known = page + 1;
        }

        page = known - 1;
        return true;
    }
}

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
