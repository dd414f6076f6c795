using static Dunnhumby.Transform.Worker.Tests.Models.Desk.DeskTables;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>What can be searched for, by hand from the eight files of the small journey.</summary>
public sealed class SearchTablesTests(DeskTables tables) : IClassFixture<DeskTables>
{
    [Fact]
    public void SearchEntries_OfTheSmallJourney_AreItsThings() =>
        tables.Rows(Small, "select * from search_entries order by kind, key").ShouldBe(
            [
                "campaign 1 campaign TypeA DAY 220 to 240 18.25",
                "commodity APPLES APPLES PRODUCE 3.25",
                "commodity BEEF BEEF MEAT 15.00",
                "commodity BUTTER BUTTER GROCERY 2.50",
                "commodity SOMETHING NOBODY MAPPED SOMETHING NOBODY MAPPED GROCERY 1.25",
                "department GROCERY GROCERY 2 products 3.75",
                "department MEAT MEAT 1 product 15.00",
                "department PRODUCE PRODUCE 1 product 3.25",
                "household 1 household 2 baskets 15.75",
                "household 2 household 2 baskets 6.25",
                "product 11 BUTTER, BUTTER, GROCERY, Private 1 LB 2.50",
                "product 12 CHOICE BEEF, BEEF, MEAT, National - 15.00",
                "product 13 APPLES GALA, APPLES, PRODUCE, National - 3.25",
                "product 14 CANDLE, SOMETHING NOBODY MAPPED, GROCERY, National - 1.25",
            ]);

    [Fact]
    public void SearchWords_OfTheSmallJourney_AreThoseOfEachTextOnce() =>
        tables.Rows(Small, "select * from search_words where kind <> 'product' or text like 'BUTTER%' order by kind, text, word").ShouldBe(
            [
                "campaign campaign TypeA campaign 2 18.25",
                "campaign campaign TypeA typea 2 18.25",
                "commodity APPLES apples 1 3.25",
                "commodity BEEF beef 1 15.00",
                "commodity BUTTER butter 1 2.50",
                "commodity SOMETHING NOBODY MAPPED mapped 3 1.25",
                "commodity SOMETHING NOBODY MAPPED nobody 3 1.25",
                "commodity SOMETHING NOBODY MAPPED something 3 1.25",
                "department GROCERY grocery 1 3.75",
                "department MEAT meat 1 15.00",
                "department PRODUCE produce 1 3.25",
                "household household household 1 22.00",
                "product BUTTER, BUTTER, GROCERY, Private butter 3 2.50",
                "product BUTTER, BUTTER, GROCERY, Private grocery 3 2.50",
                "product BUTTER, BUTTER, GROCERY, Private private 3 2.50",
            ]);
}
