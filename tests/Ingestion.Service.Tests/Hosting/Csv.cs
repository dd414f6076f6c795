namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>Small files to spoil.</summary>
internal static class Csv
{
    internal const string TransactionHeader = "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,COUPON_MATCH_DISC";
    internal const string CampaignHeader = "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY";
    internal const string ProductHeader = "PRODUCT_ID,MANUFACTURER,DEPARTMENT,BRAND,COMMODITY_DESC,SUB_COMMODITY_DESC,CURR_SIZE_OF_PRODUCT";

    private static int _last = 1_000_000;

    /// <summary>A number that no other test of the run uses, so that no two files are the same content.</summary>
    internal static int Unique() => Interlocked.Increment(ref _last);

    /// <summary>A good row of transactions with one field replaced.</summary>
    internal static string Transaction(string? column = null, string? value = null)
    {
        var names = TransactionHeader.Split(',');
        var fields = $"1,{27_000_000_000 + Unique()},200,11,1,2.5,300,-0.5,930,29,0,0".Split(',');
        if (column is not null)
        {
            fields[Array.IndexOf(names, column)] = value ?? "";
        }

        return string.Join(',', fields);
    }

    internal static string Product(string? department = "GROCERY", string brand = "National") => $"{Unique()},69,{department},{brand},BUTTER,BUTTER,1 LB";

    internal static string Campaign() => $"TypeA,{Unique()},220,240";

    internal static string File(params string[] lines) => string.Join('\n', lines) + "\n";
}
