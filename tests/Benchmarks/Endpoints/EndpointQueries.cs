namespace Dunnhumby.Benchmarks.Endpoints;

/// <summary>What S8 asks of each address of the insights API: the ways in which its users ask, a page at a time, with values that come from the published tables.</summary>
internal static class EndpointQueries
{
    internal const string Search = "/search";

    /// <summary>These answer with whole tables, as streams of any length: what counts is when the first bytes come.</summary>
    internal static readonly IReadOnlyList<string> Streams = ["/tables/{name}"];

    /// <summary>By the path as the OpenAPI document has it, the queries in turn. What stands in braces is a name in <see cref="Values"/>, or in the path.</summary>
    internal static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> ByPath = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["/version"] = [""],
        [Search] = ["?q={word}", "?q={word}&limit=20", "?q={product}", "?q={commodity}"],
        ["/orphans"] = [""],
        ["/lineage"] = [""],
        ["/households"] = ["", "?sort=-totalSales", "?hasKids=true&rfmBin=1"],
        ["/households/{householdKey}"] = [""],
        ["/households/{householdKey}/daily-spend"] = [""],
        ["/campaigns"] = [""],
        ["/campaigns/{campaign}"] = [""],
        ["/campaigns/{campaign}/daily-sales"] = [""],
        ["/sales/daily"] = [""],
        ["/sales/stores"] = ["?store={store}", "?from={day}&limit=100"],
        ["/stores"] = [""],
        ["/sales/days"] = ["", "?department={department}", "?from={day}&sort=-salesValue"],
        ["/sales/weeks"] = ["", "?department={department}", "?sort=-salesValue"],
        ["/sales/hours"] = ["", "?sort=-salesValue"],
        ["/sales/excluded"] = ["", "?from={day}"],
        ["/stores/summary"] = ["", "?sort=-salesValue", "?store={store}"],
        ["/stores/weeks"] = ["", "?store={store}", "?sort=-salesValue"],
        ["/products"] = ["", "?sort=-salesValue", "?department={department}&sort=-salesValue", "?commodity={commodity}"],
        ["/products/{productId}"] = [""],
        ["/products/{productId}/weeks"] = ["", "?sort=-salesValue"],
        ["/departments"] = ["", "?sort=-salesValue"],
        ["/commodities/private-label"] = ["", "?department={department}"],
        ["/baskets/profile"] = [""],
        ["/baskets/affinity"] = ["", "?level=product&significant=true&sort=-lift", "?item={commodity}"],
        ["/segments"] = ["", "?quarter=0"],
        ["/segments/migration"] = ["", "?quarter=0"],
        ["/segments/households"] = ["", "?quarter=0&sort=-salesValue"],
        ["/households/{householdKey}/segments"] = [""],
        ["/cohorts"] = [""],
        ["/campaigns/performance"] = [""],
        ["/campaigns/{campaign}/performance"] = [""],
        ["/coupons/performance"] = ["", "?campaign={campaign}"],
        ["/tables"] = [""],
        ["/tables/{name}"] = [""],
        ["/tables/{name}/rows"] = ["", "?limit=500"],
        ["/tables/{name}/about"] = [""],
        ["/households/{householdKey}/lines"] = ["", "?day={day}"],
        ["/stores/{store}/lines"] = ["", "?day={day}"],
        ["/products/{product}/lines"] = [""],
        ["/campaigns/{campaign}/lines"] = ["?dataset=campaign_table", "?dataset=coupon_redempt"],
        ["/households/{householdKey}/baskets"] = ["", "?from={day}"],
        ["/baskets/{basketId}"] = [""],
        ["/versions"] = [""],
        ["/versions/{from}/diff/{to}"] = [""],
        ["/versions/{from}/diff/{to}/segments"] = [""],
        ["/versions/{from}/diff/{to}/{table}"] = [""],
    };

    /// <summary>How values are found, by name: a query that yields an array of text. They lie all over a table, not at its beginning.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Values = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["word"] = "select array['milk', 'beef', 'grocery', 'soft drinks', 'yogurt', 'national', 'bread', 'chees', 'meat', 'cookies'] as found",
        ["household"] = Keys("household_key", "household_summary"),
        ["householdKey"] = Keys("household_key", "household_summary"),
        ["product"] = Keys("product_id", "product_summary"),
        ["productId"] = Keys("product_id", "product_summary"),
        ["store"] = Keys("store_id", "store_summary"),
        ["campaign"] = Keys("campaign", "campaign_summary"),
        ["department"] = Keys("department", "department_summary"),
        ["commodity"] = "select array_agg(name) as found from (select commodity_desc as name from insights.product_summary group by 1 order by md5(commodity_desc) limit 50) as names",
        ["day"] = Keys("day", "daily_sales"),
        ["name"] = "select array_agg(name) as found from insights.version_tables where version = (select max(version) from insights.versions)",
        ["table"] = "select array['household_summary', 'store_summary', 'department_summary'] as found",
        ["from"] = "select array[min(version)::text] as found from insights.versions",
        ["to"] = "select array[max(version)::text] as found from insights.versions",
    };

    private static string Keys(string column, string table) =>
        $"select array_agg(key) as found from (select {column}::text as key from insights.{table} group by 1 order by md5({column}::text) limit 50) as keys";
}
