using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>
/// For the 36.8 million keys (product, store, week) of the causal data. A hash set of them takes 600 MB; one bit per product for each store and week
/// takes about 100 MB, because stores report most products in most weeks. What a key said is not kept: the rare repeat is
/// <see cref="Verdict.Undecided"/> until it is compared with the written file. Products get their bits in order of appearance and in pages, so that the
/// check stays in the processor's cache when the file is sorted by product or by store and week.
/// </summary>
internal sealed class CausalKeys : DuplicateCheck
{
    /// <summary>Weeks are 1 to 102: a store's pages are this far apart.</summary>
    private const int WeeksPerStore = 128;

    private const int PageBits = 12;
    private const int WordBits = 6;
    private const int WordsPerPage = 1 << (PageBits - WordBits);

    /// <summary>Pages of 512 bytes that are held at most: 160 MB. The original file takes some 190,000.</summary>
    private const int MaxPages = 320_000;

    private readonly NumberIndex _products = new();
    private readonly NumberIndex _stores = new();
    private readonly int _product;
    private readonly int _store;
    private readonly int _week;
    private ulong[]?[][] _pages = [];
    private int _pageCount;

    internal CausalKeys(LakeTable table)
    {
        int Position(string name) => table.Columns.Index().Single(column => string.Equals(column.Item.Name, name, StringComparison.Ordinal)).Index;
        _product = Position("product_id");
        _store = Position("store_id");
        _week = Position("week_no");
    }

    internal override Verdict Judge(RowBatch batch, int row)
    {
        var columns = batch.Columns;
        var product = _products.Of(((Int32Buffer)columns[_product]).Values[row]);
        var group = (_stores.Of(((Int32Buffer)columns[_store]).Values[row]) * WeeksPerStore) + ((Int32Buffer)columns[_week]).Values[row];
        var page = Page(group, product >> PageBits);
        ref var word = ref page[(product >> WordBits) & (WordsPerPage - 1)];
        var bit = 1UL << (product & ((1 << WordBits) - 1));
        if ((word & bit) != 0)
        {
            return Verdict.Undecided;
        }

        word |= bit;
        return Verdict.New;
    }

    private ulong[] Page(int group, int page)
    {
        if (group >= _pages.Length)
        {
            var from = _pages.Length;
            Array.Resize(ref _pages, Math.Max(group + 1, from * 2));
            Array.Fill(_pages, [], from, _pages.Length - from);
        }

        ref var pages = ref _pages[group];
        if (page >= pages.Length)
        {
            Array.Resize(ref pages, page + 1);
        }

        return pages[page] ??= NewPage();
    }

    private ulong[] NewPage()
    {
        if (++_pageCount > MaxPages)
        {
            throw new RejectedContentException(new Rejection(
                "too-scattered",
                "The keys are too many and too scattered to be checked at once",
                "The file has so many stores, weeks and products, each with so few rows, that repeated keys cannot be told within the memory set aside. Split the file by store or week."));
        }

        return new ulong[WordsPerPage];
    }
}
