using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Lines;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.Lines;

/// <summary>When the copies of the lake's files come, go and are begun anew.</summary>
public sealed class LineStoreTests : IDisposable
{
    private static readonly TransformSettings Settings = TransformSettings.From(Options.Create(new ReferenceOptions()), Options.Create(new CalendarOptions()));

    private readonly TestLake _lake = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Open_FileThatWasCopied_IsNotReadAgain()
    {
        using var store = Store();
        var first = await FileAsync(1, 5);
        (await ProductsAsync(store, (1, first))).ShouldBe([5]);

        await WriteAsync(first, 6);

        (await ProductsAsync(store, (1, first))).ShouldBe([5]);
    }

    [Fact]
    public async Task Open_AfterTheLakeRemovedAFile_DropsItsCopy()
    {
        using var store = Store();
        var (first, second, third) = (await FileAsync(1, 5), await FileAsync(2, 6), await FileAsync(3, 7));
        await ProductsAsync(store, (1, first), (2, second));
        File.Delete(_lake.Layout.FullPath(first));
        File.Delete(_lake.Layout.FullPath(second));

        using (var reading = await store.OpenAsync(Sources((2, second)), Cancelled))
        {
            // What somebody reads stays.
            (await ProductsAsync(store, (3, third))).ShouldBe([7]);
            (await TablesAsync(reading.Warehouse)).ShouldBe(3);
        }

        // Whoever asks for a version may still read what is copied of it.
        (await ProductsAsync(store, (2, second), (4, await FileAsync(4, 8)))).ShouldBe([6, 8]);
        using var left = await store.OpenAsync(Sources((3, third)), Cancelled);
        (await TablesAsync(left.Warehouse)).ShouldBe(3);
    }

    [Fact]
    public async Task Open_FileThatCannotBeRead_FailsAndIsTriedAgain()
    {
        using var store = Store();
        var file = await FileAsync(1, 5);
        var path = _lake.Layout.FullPath(file);
        File.Move(path, path + ".away");
        await Should.ThrowAsync<DuckDBException>(() => ProductsAsync(store, (1, file)));

        File.Move(path + ".away", path);

        (await ProductsAsync(store, (1, file))).ShouldBe([5]);
    }

    [Fact]
    public async Task Begin_AfterAKilledProcess_DeletesWhatItLeft()
    {
        var cache = Directory.CreateDirectory(Path.Combine(_lake.Root, "cache"));
        await File.WriteAllTextAsync(Path.Combine(cache.FullName, "lines.duckdb"), "torn", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(cache.FullName, "lines.duckdb.wal"), "torn", Cancelled);
        using var store = Store();

        (await ProductsAsync(store, (1, await FileAsync(1, 5)))).ShouldBe([5]);
    }

    [Fact]
    public async Task Open_FromManySides_CopiesOnce()
    {
        using var store = Store();
        var files = await Task.WhenAll(Enumerable.Range(1, 4).Select(async load => ((long)load, await FileAsync(load, load))));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => (await ProductsAsync(store, files)).ShouldBe([1, 2, 3, 4]), Cancelled)));

        using var reading = await store.OpenAsync(Sources(files), Cancelled);
        (await TablesAsync(reading.Warehouse)).ShouldBe(4);
    }

    private LineStore Store() =>
        new(Options.Create(new LineOptions()), Options.Create(new TransformOptions { TempDirectory = _lake.Root }), ModelCatalog.Embedded(), _lake.Layout);

    private async Task<string> FileAsync(long load, int product)
    {
        var path = LakeLayout.PartFile("product", load, 0);
        await WriteAsync(path, product);
        return path;
    }

    private async Task WriteAsync(string path, int product)
    {
        var file = _lake.Layout.FullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? _lake.Root);
        using var warehouse = await Warehouse.OpenAsync(new TransformOptions { TempDirectory = _lake.Root }, Cancelled);
        await warehouse.ExecuteAsync(
            $"""
            copy (
                select {product} as product_id, 1 as manufacturer, 'A' as department, 'National' as brand, 'B' as commodity_desc, 'C' as sub_commodity_desc,
                    null::varchar as curr_size_of_product, 2::bigint as source_line)
            to '{file}' (format parquet)
            """,
            Cancelled);
    }

    private static LineSources Sources(params IEnumerable<(long Load, string File)> files) => new(
        1, Settings.DayOne, Settings, [.. files.Select(file => new LineLoad(file.Load, "product", 1, [file.File], FileName: null))]);

    private static async Task<List<long>> ProductsAsync(LineStore store, params IEnumerable<(long Load, string File)> files)
    {
        using var reading = await store.OpenAsync(Sources(files), Cancelled);
        await using var command = reading.Warehouse.Connection.CreateCommand();
        command.CommandText = $"select product_id from ({reading.Matching(LakeTables.Products, "true")}) order by 1";
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        List<long> products = [];
        while (await reader.ReadAsync(Cancelled))
        {
            products.Add(reader.GetInt32(0));
        }

        return products;
    }

    private static Task<long> TablesAsync(Warehouse warehouse) =>
        warehouse.ScalarAsync("select count(*) from duckdb_tables() where database_name = 'lines' and not temporary", Cancelled);
}
