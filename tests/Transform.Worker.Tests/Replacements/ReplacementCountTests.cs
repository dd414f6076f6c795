using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Replacements;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Replacements;

/// <summary>What each load superseded, counted by hand.</summary>
public sealed class ReplacementCountTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Count_OfEveryUnit_IsTheRowsThatCountedBefore()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var first = await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 2, "5.00"), Rows.Line(1, 12, 103, 1, "7.00")); // Two lines of basket 10.
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 3, "5.00"), Rows.Line(1, 11, 103, 1, "7.00")); // One of load 2, one of load 1.
        await ReplayAsync(setup, first, Rows.Line(1, 10, 101, 9, "9.00")); // Its basket is load 3's, and was load 1's own before.
        var product = await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "BEEF"));
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(2, "MILK"), Rows.Product(3, "MILK")); // Product 2.
        await ReplayAsync(setup, product, Rows.Product(1, "PORK")); // The mended load's own row of product 1.
        await setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(5, 1), Rows.Coupon(5, 2));
        await setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(5, 2), Rows.Coupon(5, 3)); // The same row again.
        var counts = setup.Worker().Services.GetRequiredService<ReplacementCounts>();

        await counts.CountAsync(TestContext.Current.CancellationToken);

        (await setup.RowsAsync("select id, replaced from catalog.loads order by id")).ShouldBe(["1 0", "2 2", "3 2", "4 0", "5 0", "6 1", "7 1", "8 0", "9 1"]);
    }

    private static Task<InputLoad> ReplayAsync(WorkerSetup setup, InputLoad mended, params string[] rows) => setup.RegisterAsync(setup.Lake.AddReplay(mended, rows));
}
