using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Lines;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.Lines;

/// <summary>Where the rows that count come from, over files of all kinds: with lines, from before they were kept, and merged. Files and expectations are made by hand.</summary>
public sealed class TracedRowsTests : IAsyncLifetime
{
    private static readonly TransformSettings Settings = TransformSettings.From(Options.Create(new ReferenceOptions()), Options.Create(new CalendarOptions()));

    private readonly TestLake _lake = new();
    private Warehouse? _warehouse;
    private LineStore? _store;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new TransformOptions { TempDirectory = _lake.Root };
        _warehouse = await Warehouse.OpenAsync(options, Cancelled);
        _store = new LineStore(Options.Create(new LineOptions()), Options.Create(options), ModelCatalog.Embedded(), _lake.Layout);
    }

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        _warehouse?.Dispose();
        _lake.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Matching_OwnFilesBesideMergedOnes_GivesEachRowItsLoadAndLine()
    {
        // Load 2 is from before lines were kept, loads 3 and 4 were merged; 4 was withdrawn, 5 mends basket 1 of load 1.
        var own = await PartAsync("transaction_data", 1, "(1, 10, 2), (1, 11, 4), (2, 10, 6)");
        var old = await OldPartAsync("transaction_data", 2, "(3, 10)");
        var merged = await MergedAsync("transaction_data", "(3, 2, 12, 7), (3, 3, 13, 9), (4, 3, 14, 2)");
        var mended = await PartAsync("transaction_data", 5, "(1, 12, 5)");
        LakeLoad[] loads = [new(1, [own]), new(2, [old]), new(3, [merged]), new(5, [mended]) { ReplaysLoadId = 1 }];

        (await LinesAsync(LakeTables.Transactions, loads, "household_key = 1", "basket_id, product_id")).ShouldBe(["1 10 1 2", "1 11 1 4", "1 12 5 5", "2 12 3 7", "3 13 3 9"]);
        (await LinesAsync(LakeTables.Transactions, [new LakeLoad(1, [own]), new LakeLoad(2, [old])], "household_key = 1", "basket_id, product_id"))
            .ShouldBe(["1 10 1 2", "1 11 1 4", "2 10 1 6", "3 10 2 -"]);
    }

    [Fact]
    public async Task Matching_ConditionThatOnlyAReplacedRowFulfils_GivesNone()
    {
        // Product 10 is in basket 1 of load 1, and not any more in that of load 2.
        var first = await PartAsync("transaction_data", 1, "(1, 10, 2)");
        var second = await PartAsync("transaction_data", 2, "(1, 11, 2)");

        (await LinesAsync(LakeTables.Transactions, [new LakeLoad(1, [first]), new LakeLoad(2, [second])], "product_id = 10", "basket_id, product_id")).ShouldBeEmpty();
        (await LinesAsync(LakeTables.Transactions, [new LakeLoad(1, [first])], "product_id = 10", "basket_id, product_id")).ShouldBe(["1 10 1 2"]);
    }

    [Fact]
    public async Task Matching_FilesThatAreAllFromBefore_GivesNoLines()
    {
        var old = await OldPartAsync("transaction_data", 1, "(3, 10)");

        (await LinesAsync(LakeTables.Transactions, [new LakeLoad(1, [old])], "household_key = 1", "basket_id, product_id")).ShouldBe(["3 10 1 -"]);
        (await LinesAsync(LakeTables.Transactions, [], "household_key = 1", "basket_id, product_id")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Matching_RowOfASetInSeveralLoads_IsOfTheFirst()
    {
        var later = await FileAsync("coupon", 7, "select 5 as coupon_upc, 10 as product_id, 1 as campaign, 3::bigint as source_line union all select 6, 10, 1, 4");
        var first = await FileAsync("coupon", 4, "select 5 as coupon_upc, 10 as product_id, 1 as campaign, 9::bigint as source_line union all select 5, 10, 2, 10");

        (await LinesAsync(LakeTables.Coupons, [new LakeLoad(4, [first]), new LakeLoad(7, [later])], "campaign = 1", "coupon_upc, product_id")).ShouldBe(["5 10 4 9", "6 10 7 4"]);
    }

    [Fact]
    public async Task Matching_KeyInSeveralLoads_IsOfTheNewest()
    {
        const string Product = "as product_id, 1 as manufacturer, 'A' as department, 'National' as brand, 'B' as commodity_desc, 'C' as sub_commodity_desc, null::varchar as curr_size_of_product";
        var first = await FileAsync("product", 1, $"select 5 {Product}, 2::bigint as source_line union all select 6 {Product}, 3");
        var newer = await FileAsync("product", 2, $"select 5 {Product}, 8::bigint as source_line");

        (await LinesAsync(LakeTables.Products, [new LakeLoad(1, [first]), new LakeLoad(2, [newer])], "product_id in (5, 6)", "product_id, manufacturer")).ShouldBe(["5 1 2 8", "6 1 1 3"]);
    }

    [Fact]
    public async Task Rows_OfFilesWithAndWithoutLines_AreWithoutThem()
    {
        var own = await PartAsync("transaction_data", 1, "(1, 10, 2)");
        var old = await OldPartAsync("transaction_data", 2, "(3, 10)");
        LakeLoad[] loads = [new(1, [own]), new(2, [old])];
        string[] expected = [.. LakeTables.Transactions.Columns.Select(column => column.Name), "load"];

        foreach (var order in new[] { loads, [.. loads.Reverse()] })
        {
            (await ColumnsAsync(LakeViews.Rows(LakeTables.Transactions, order, _lake.Layout))).ShouldBe(expected);
            (await ColumnsAsync(LakeViews.AllRows(LakeTables.Transactions, order, _lake.Layout))).ShouldBe([.. expected, "load_rank"]);
            (await TextsAsync(_warehouse.ShouldNotBeNull(), $"select basket_id::varchar from ({LakeViews.Rows(LakeTables.Transactions, order, _lake.Layout)}) order by 1")).ShouldBe(["1", "3"]);
        }
    }

    private Task<string> PartAsync(string table, long load, string rows) => FileAsync(table, load, $"select {Columns()}, line::bigint as source_line from (values {rows}) as rows(basket, product, line)");

    private Task<string> OldPartAsync(string table, long load, string rows) => FileAsync(table, load, $"select {Columns()} from (values {rows}) as rows(basket, product)");

    private async Task<string> MergedAsync(string table, string rows)
    {
        var path = LakeLayout.CompactedFile(table, 3, Guid.Empty);
        await WriteAsync(path, $"select {Columns()}, load::bigint as load_id, line::bigint as source_line from (values {rows}) as rows(load, basket, product, line)");
        return path;
    }

    private async Task<string> FileAsync(string table, long load, string query)
    {
        var path = LakeLayout.PartFile(table, load, 0);
        await WriteAsync(path, query);
        return path;
    }

    private async Task WriteAsync(string path, string query)
    {
        var file = _lake.Layout.FullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? _lake.Root);
        await _warehouse.ShouldNotBeNull().ExecuteAsync($"copy ({query}) to '{file}' (format parquet)", Cancelled);
    }

    /// <summary>The lines that fulfil the condition, which are those of all that count that do.</summary>
    private async Task<List<string>> LinesAsync(LakeTable table, IReadOnlyList<LakeLoad> loads, string condition, string columns)
    {
        using var reading = await _store.ShouldNotBeNull().OpenAsync(SourcesOf(table, loads), Cancelled);
        var lines = await TextsAsync(reading.Warehouse, Shown(reading.Matching(table, condition)));
        if (table.Unit is not ReplacementUnit.Row)
        {
            (await TextsAsync(reading.Warehouse, Shown($"from ({reading.Counting(table)}) where {condition}"))).ShouldBe(lines);
        }

        return lines;

        string Shown(string query) => $"select concat_ws(' ', {columns}, load, coalesce(source_line::varchar, '-')) from ({query}) order by 1";
    }

    private static LineSources SourcesOf(LakeTable table, IReadOnlyList<LakeLoad> loads) => new(
        1,
        Settings.DayOne,
        Settings,
        [.. loads.Select(load => new LineLoad(load.Id, table.Name, 1, load.Files, FileName: null) { ReplaysLoadId = load.ReplaysLoadId })]);

    private Task<List<string>> ColumnsAsync(string query) => TextsAsync(_warehouse.ShouldNotBeNull(), $"select column_name from (describe {query})");

    private static async Task<List<string>> TextsAsync(Warehouse warehouse, string sql)
    {
        await using var command = warehouse.Connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        List<string> texts = [];
        while (await reader.ReadAsync(Cancelled))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    /// <summary>A transaction line of household 1 with its basket and product; the rest is the same in all.</summary>
    private static string Columns() => string.Join(", ", LakeTables.Transactions.Columns.Select(column => column.Name switch
    {
        "household_key" => "1 as household_key",
        "basket_id" => "basket::bigint as basket_id",
        "product_id" => "product::integer as product_id",
        "sales_value" or "retail_disc" or "coupon_disc" or "coupon_match_disc" => $"1.00::decimal(9, 2) as {column.Name}",
        var name => $"1 as {name}",
    }));
}
