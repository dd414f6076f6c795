using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;

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
        var page = Page(product >> PageBits, group);
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

    private int Page(int products, int group)
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
                throw TooScattered();
            }

            Array.Resize(ref pages, length);
        }

        ref var page = ref pages[group];
        if (page == 0)
        {
            page = NewPage() + 1;
        }

        return page - 1;
    }

    private int NewPage() => _bits.TryTake(out var page) ? page : throw TooScattered();

    private static RejectedContentException TooScattered() => new(new Rejection(
        "too-scattered",
        "The keys are too many and too scattered to be checked at once",
        "The file has so many stores, weeks and products, each with so few rows, that repeated keys cannot be told within the memory set aside. Split the file by store or week."));
}
