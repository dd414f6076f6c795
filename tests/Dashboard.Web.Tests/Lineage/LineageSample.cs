using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Lineage;

/// <summary>Two data sets, three models, two published tables of which one is made from the other, and two pages that show them.</summary>
internal static class LineageSample
{
    internal static LineageGraph Graph { get; } = new(
        7,
        Sample.Published,
        41,
        [
            Dataset("transaction_data", 4),
            Dataset("coupon", loads: []),
            Made("lines", LineageKinds.Model, "transaction_data"),
            Made("spend", LineageKinds.Model, "lines"),
            Made("daily", LineageKinds.Table, "lines") with
            {
                Freshness = new LineageFreshness("fresh", 7, Sample.Published, [4], 1_608, Reason: null),
                Columns =
                [
                    new LineageColumn("day", "integer", "The DAY.", "DAY", Source: null, [new LineageSource("lines", "day", "copied")], IsExact: true),
                    new LineageColumn("sales", "decimal(18,2)", "Its sales.", "dollars", "a book", [new LineageSource("lines", "sales", "aggregated")], IsExact: true),
                    new LineageColumn("lines", "bigint", "Its lines.", "lines", Source: null, [new LineageSource("lines", Column: null, "aggregated")], IsExact: true),
                    new LineageColumn("kind", "text", "All the same.", Unit: null, Source: null, [], IsExact: true),
                    new LineageColumn("odd", "text", "Nobody knows.", Unit: null, Source: null, [], IsExact: false),
                ],
                Deciders = [new LineageSource("lines", "day", "group")],
                Tests = [new LineageTest("daily_key", "The key of daily is unique.", "error"), new LineageTest("daily_odd", "It is not odd.", "warn")],
            },
            Made("summary", LineageKinds.Table, "daily", "spend", "coupon") with { Freshness = new LineageFreshness("stale", 5, Sample.Published, [3], 30, "A sum is too large.") },
            Made("notices", LineageKinds.Model, "summary"),
        ],
        [new LineageEndpoint("/daily", "Days.", ["daily"]), new LineageEndpoint("/summary", "Sums.", ["summary"]), new LineageEndpoint("/version", "The version.", [])],
        [new ReadingPage("/days", "Days", ["/daily"]), new ReadingPage("/days/{Day}", "Day", ["/daily", "/summary"]), new ReadingPage("/lineage", "Lineage", ["/version"])]);

    private static LineageTable Dataset(string name, params long[] loads) => Made(name, LineageKinds.Dataset) with
    {
        Query = "",
        Freshness = new LineageFreshness(loads.Length > 0 ? "loaded" : "empty", ComputedVersion: null, loads.Length > 0 ? Sample.Published : null, loads, Rows: null, Reason: null),
    };

    private static LineageTable Made(string name, string kind, params string[] inputs) =>
        new(name, kind, $"About {name}.", "one row", "sales", inputs, [], [], [], $"select * from {name}_inputs");
}
