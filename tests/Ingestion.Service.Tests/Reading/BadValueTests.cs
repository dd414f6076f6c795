using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>The line "Values" of the bad-input table.</summary>
public sealed class BadValueTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    public static TheoryData<string, string, string> WrongValues => new()
    {
        { "PRODUCT_ID", "2147483648", "number_too_large" },
        { "BASKET_ID", "9223372036854775808", "number_too_large" },
        { "BASKET_ID", "99999999999999999999999999", "number_too_large" },
        { "SALES_VALUE", "99999999999", "out_of_range" },
        { "QUANTITY", "1e5", "not_a_number" },
        { "QUANTITY", "\"1,000\"", "not_a_number" },
        { "QUANTITY", "0x1F", "not_a_number" },
        { "QUANTITY", "٣", "not_a_number" },
        { "QUANTITY", "+3", "not_a_number" },
        { "QUANTITY", "1.0", "not_a_number" },
        { "SALES_VALUE", "NaN", "not_a_number" },
        { "SALES_VALUE", "Infinity", "not_a_number" },
        { "SALES_VALUE", "1.", "not_a_number" },
        { "SALES_VALUE", "1.2.3", "not_a_number" },
        { "SALES_VALUE", "-", "not_a_number" },
        { "SALES_VALUE", "1.005", "too_many_decimals" },
        { "SALES_VALUE", "-0.01", "out_of_range" },
        { "DAY", "0", "out_of_range" },
        { "DAY", "712", "out_of_range" },
        { "WEEK_NO", "103", "out_of_range" },
        { "TRANS_TIME", "2400", "out_of_range" },
        { "TRANS_TIME", "1260", "invalid_time" },
        { "household_key", "", "missing_value" },
        { "household_key", " ", "missing_value" },
        { "QUANTITY", "NULL", "not_a_number" },
        { "QUANTITY", "N/A", "not_a_number" },
        { "QUANTITY", "-1", "out_of_range" },
        { "COUPON_DISC", "0.50", "out_of_range" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task Upload_WrongValue_IsQuarantinedWithItsColumn(string column, string value, string reason)
    {
        var wrong = Csv.Transaction(column, value);
        var load = await host.LoadAsync("transaction_data", Csv.File(Csv.TransactionHeader, Csv.Transaction(), wrong, Csv.Transaction()));

        (load.Read, load.Loaded, load.Quarantined, load.SalesValue).ShouldBe((3, 2, 1, 5.00m));
        var row = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        (row.Line, row.Column, row.Reason, row.RawText).ShouldBe((3, column, reason, wrong));
        row.Message.ShouldStartWith(column);
    }

    public static TheoryData<string, string, string> RightValues => new()
    {
        { "SALES_VALUE", "0", "0.00" },
        { "SALES_VALUE", "0.1", "0.10" },
        { "SALES_VALUE", "0.29", "0.29" },
        { "SALES_VALUE", "1234567.89", "1234567.89" },
        { "SALES_VALUE", "\"3.07\"", "3.07" },
        { "SALES_VALUE", " 4.20 ", "4.20" },
        { "RETAIL_DISC", "-0.05", "-0.05" },
        { "RETAIL_DISC", "0.5", "0.50" },
        { "COUPON_DISC", "-0", "0.00" },
        { "TRANS_TIME", "0", "0" },
        { "TRANS_TIME", "2359", "2359" },
        { "BASKET_ID", "9223372036854775807", "9223372036854775807" },
        { "PRODUCT_ID", "2147483647", "2147483647" },
        { "QUANTITY", "0007", "7" },
        { "DAY", "711", "711" },
    };

    [Theory]
    [MemberData(nameof(RightValues))]
    public async Task Upload_UnusualButRightValue_IsLoadedExactly(string column, string text, string value)
    {
        var load = await host.LoadAsync("transaction_data", Csv.File(Csv.TransactionHeader, Csv.Transaction(column, text)));

        load.Quarantined.ShouldBe(0);
        (await Parquet.RowsAsync(host, load, column)).ShouldBe([value]);
    }

    [Theory]
    [InlineData("Generic", "unknown_code")]
    [InlineData("national", "unknown_code")]
    [InlineData("", "missing_value")]
    public async Task Upload_WrongCode_IsQuarantined(string brand, string reason)
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, Csv.Product(), Csv.Product(brand: brand)));

        var row = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        (row.Column, row.Reason).ShouldBe(("BRAND", reason));
    }

    [Fact]
    public async Task Upload_TextOfMoreThanTwoHundredCharacters_IsQuarantined()
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, Csv.Product(new string('x', 200)), Csv.Product(new string('é', 200)), Csv.Product(new string('x', 201))));

        load.Loaded.ShouldBe(2);
        (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem().Reason.ShouldBe("text_too_long");
    }

    [Theory]
    [InlineData("TypeA,{0},460,412")]
    [InlineData("TypeA,{0},\"460\",412")]
    public async Task Upload_CampaignThatEndsBeforeItStarts_IsQuarantined(string row)
    {
        var (wrong, right) = (string.Format(System.Globalization.CultureInfo.InvariantCulture, row, Csv.Unique()), $"TypeB,{Csv.Unique()},412,412");
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, wrong, right));

        (load.Read, load.Loaded, load.Quarantined).ShouldBe((2, 1, 1));
        var fault = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        (fault.Line, fault.Column, fault.Reason, fault.RawText).ShouldBe((2, "END_DAY", "end_before_start", wrong));
        fault.Message.ShouldBe("END_DAY must not be less than START_DAY, but 412 is less than 460. Correct one of them.");
    }

    [Fact]
    public async Task Upload_SameKeyTwice_DropsEqualRowsAndQuarantinesDifferentOnes()
    {
        var id = Csv.Unique();
        var row = $"{id},1,GROCERY,National,a,b,c";
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, row, row, $"{id},1,DRUG,National,a,b,c", row));

        (load.Read, load.Loaded, load.Quarantined, load.Deduplicated).ShouldBe((4, 1, 1, 2));
        var conflict = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        (conflict.Line, conflict.Reason, conflict.Column).ShouldBe((4, "duplicate_key", "PRODUCT_ID"));
        (await Parquet.RowsAsync(host, load, "department")).ShouldBe(["GROCERY"]);
    }

    [Fact]
    public async Task Upload_SameCausalKeyTwice_DropsEqualRowsAndQuarantinesDifferentOnes()
    {
        var id = Csv.Unique();
        var load = await host.LoadAsync("causal_data", Csv.File(
            "PRODUCT_ID,STORE_ID,WEEK_NO,display,mailer",
            $"{id},300,9,0,A",
            $"{id},300,10,0,A",
            $"{id},301,9,0,A",
            $"{id},300,9,0,A",
            $"{id},300,9,5,A",
            $"{id + 1},300,9,5,A"));

        (load.Read, load.Loaded, load.Quarantined, load.Deduplicated).ShouldBe((6, 4, 1, 1));
        var conflict = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        (conflict.Line, conflict.Reason, conflict.RawText).ShouldBe((6, "duplicate_key", $"{id},300,9,5,A"));
    }

    [Fact]
    public async Task Upload_SameTransactionTwice_KeepsBothLines()
    {
        var row = Csv.Transaction();
        var load = await host.LoadAsync("transaction_data", Csv.File(Csv.TransactionHeader, row, row));

        (load.Loaded, load.Deduplicated).ShouldBe((2, 0));
    }
}
