using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Cache;

/// <summary>What a load makes anew, and when nothing of the last run is used.</summary>
public sealed class RefreshTests
{
    [Fact]
    public async Task Make_LoadOfANewDay_ChangesTheRowsOfThatDayAndItsHouseholdsOnly()
    {
        using var keeper = WithTwoHouseholds();
        await keeper.CompareAsync("first");
        keeper.Lake.Add(DatasetNames.Transactions, Rows.Line(1, 12, 104, 1, "4.00"));

        await using var made = await keeper.MakeAsync();

        // By hand: one line more, of household 1 on a day that had none; household 2 and the other days stay.
        var changes = made.Refreshed.ShouldNotBeNull().Changes;
        changes["screened_lines"].ShouldBe(TableChange.OfRows(0, 1));
        changes["repeat_households"].ShouldBe(TableChange.None);
        changes["daily_household_spend"].ShouldBe(TableChange.OfRows(0, 1));
        changes["household_spend"].ShouldBe(TableChange.OfRows(1, 1));
        changes["daily_sales"].ShouldBe(TableChange.OfRows(0, 1));
        changes["household_flags"].ShouldBe(TableChange.None);
        changes["panel_households"].ShouldBe(TableChange.None);
        changes["orphans"].ShouldBe(TableChange.None);
    }

    [Fact]
    public async Task Make_LoadOfRowsThatAreThereAlready_ChangesNothing()
    {
        using var keeper = WithTwoHouseholds();
        await keeper.CompareAsync("first");
        keeper.Lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));

        await using var made = await keeper.MakeAsync();

        // The product's row says the same, although it is of another load now.
        made.Refreshed.ShouldNotBeNull().Changes.Where(change => change.Value.IsThere).Select(change => change.Key).ShouldBe([DatasetNames.Products]);
    }

    [Fact]
    public async Task Make_AnotherCommodityOfAProduct_ChangesTheLinesOfThatProduct()
    {
        using var keeper = WithTwoHouseholds();
        keeper.Lake.Add(DatasetNames.Products, Rows.Product(2, "SOFT DRINKS"));
        await keeper.CompareAsync("first");
        keeper.Lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "BEEF"));

        await using var made = await keeper.MakeAsync();

        // By hand: product 2 has the one line of household 2 on day 103.
        made.Refreshed.ShouldNotBeNull().Changes["screened_lines"].ShouldBe(TableChange.OfRows(1, 1));
        Keeper.Rows(made.Warehouse, "(select household_key, day, junk_food, meat from daily_household_spend where household_key = 2)").ShouldBe(["2|102|0.00|5.00", "2|103|0.00|1.00"]);
    }

    [Fact]
    public async Task Make_SecondDayOfAHousehold_BringsItsFirstDayIn()
    {
        using var keeper = WithTwoHouseholds();
        keeper.Lake.Add(DatasetNames.Transactions, Rows.Line(3, 30, 102, 1, "7.00"));
        await keeper.CompareAsync("first");
        keeper.Lake.Add(DatasetNames.Transactions, Rows.Line(3, 31, 105, 1, "8.00"));

        await using var made = await keeper.MakeAsync();

        // Rule 6: with one day it was left out as a whole; now both lines count, and day 102 changes too.
        var changes = made.Refreshed.ShouldNotBeNull().Changes;
        changes["repeat_households"].ShouldBe(TableChange.OfRows(0, 1));
        changes["cleaned_lines"].ShouldBe(TableChange.OfRows(0, 2));
        changes["daily_sales"].ShouldBe(TableChange.OfRows(1, 2));
    }

    [Fact]
    public async Task Make_Anew_UsesNothingOfTheLastRun()
    {
        using var keeper = WithTwoHouseholds();
        await keeper.CompareAsync("first");

        await using var made = await keeper.MakeAsync(anew: true);

        made.Refreshed.ShouldBeNull();
    }

    [Fact]
    public async Task Make_WithOtherSettings_UsesNothingOfTheLastRun()
    {
        using var keeper = WithTwoHouseholds();
        await keeper.CompareAsync("first");

        await using var made = await keeper.With(Computing.Computed.Defaults with { FirstDay = 102 }).MakeAsync();

        made.Refreshed.ShouldBeNull();
    }

    [Fact]
    public async Task Make_CacheThatCannotBeWritten_MakesAllInMemory()
    {
        using var keeper = WithTwoHouseholds();
        Directory.CreateDirectory(keeper.CacheFile);
        await keeper.CompareAsync("first");

        var (isRefreshed, _) = await keeper.CompareAsync("second");

        isRefreshed.ShouldBeFalse();
    }

    private static Keeper WithTwoHouseholds()
    {
        var keeper = new Keeper();
        keeper.Lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));
        keeper.Lake.Add(
            DatasetNames.Transactions, Rows.Line(1, 10, 102, 1, "1.00"), Rows.Line(1, 11, 103, 1, "2.00"), Rows.Line(2, 20, 102, 1, "5.00"), Rows.Line(2, 21, 103, 2, "1.00"));
        return keeper;
    }
}
