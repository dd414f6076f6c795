using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Fuzzing;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Rows;

/// <summary>Typed endpoints over the tables of the retail desk, each compared with its table as a whole. Which orders and filters they have is read from the reference.</summary>
[Collection(nameof(PublishedDeskGroup))]
public sealed class RowTests(PublishedDesk desk, PostgresFixture postgres)
{
    /// <summary>Addresses, their tables, and of each filter the columns that it looks at.</summary>
    private static readonly (string Address, string Table, (string Name, string Columns)[] Filters)[] Lists =
    [
        ("/sales/days", "sales_daily", [("from", "day"), ("to", "day"), ("department", "department"), ("section", "section")]),
        ("/sales/weeks", "sales_weekly", [("from", "week_no"), ("to", "week_no"), ("department", "department"), ("section", "section")]),
        ("/sales/hours", "sales_by_hour", [("weekday", "weekday"), ("hour", "hour")]),
        ("/sales/excluded", "excluded_sales", [("from", "day"), ("to", "day"), ("part", "part")]),
        ("/stores/summary", "store_summary", [("store", "store_id")]),
        ("/stores/weeks", "store_weekly", [("from", "week_no"), ("to", "week_no"), ("store", "store_id")]),
        (
            "/products", "product_summary",
            [
                ("department", "department"), ("section", "section"), ("commodity", "commodity_desc"), ("subCommodity", "sub_commodity_desc"), ("brand", "brand"),
                ("manufacturer", "manufacturer"),
            ]),
        ("/departments", "department_summary", [("department", "department")]),
        ("/commodities/private-label", "private_label_share", [("department", "department"), ("commodity", "commodity_desc")]),
        ("/baskets/profile", "basket_profile", [("measure", "measure"), ("kind", "kind")]),
        ("/baskets/affinity", "basket_affinity", [("level", "level"), ("item", "left_item right_item"), ("significant", "is_significant"), ("minBaskets", "baskets")]),
        ("/segments", "segment_summary", [("quarter", "quarters_ago"), ("segment", "segment")]),
        ("/segments/migration", "segment_migration", [("quarter", "quarters_ago"), ("was", "from_segment"), ("became", "to_segment")]),
        ("/segments/households", "household_segments", [("quarter", "quarters_ago"), ("segment", "segment")]),
        ("/cohorts", "cohort_retention", [("cohort", "cohort"), ("monthsSince", "months_since")]),
        ("/campaigns/performance", "campaign_performance", [("type", "description")]),
        ("/coupons/performance", "coupon_performance", [("campaign", "campaign"), ("coupon", "coupon_upc")]),
        ("/products/12/weeks", "product_weekly", [("from", "week_no"), ("to", "week_no")]),
        ("/households/1/segments", "household_segments", []),
    ];

    public static TheoryData<string> Addresses => [.. Lists.Select(list => list.Address)];

    [Fact]
    public async Task Document_EveryListOfRows_IsTestedHere()
    {
        var document = (await desk.Client.JsonAsync("/openapi/v1.json")).AsObject();

        var lists = document["paths"].ShouldNotBeNull().AsObject()
            .Where(path => path.Value?["get"]?["responses"]?["200"]?["content"]?["application/json"]?["schema"]?.Text("$ref")?.Contains("RowPage", StringComparison.Ordinal) is true)
            .Select(path => path.Key.Replace("{productId}", "12", StringComparison.Ordinal).Replace("{householdKey}", "1", StringComparison.Ordinal));

        lists.ShouldBe(Lists.Select(list => list.Address), ignoreOrder: true);
    }

    [Fact]
    public async Task Lineage_EveryListOfRows_LeadsToItsTable()
    {
        var endpoints = (await desk.Client.JsonAsync("/lineage"))["endpoints"].ShouldNotBeNull().AsArray();

        foreach (var (address, table, _) in Lists)
        {
            var path = address.Replace("/12/", "/{productId}/", StringComparison.Ordinal).Replace("/households/1/", "/households/{householdKey}/", StringComparison.Ordinal);
            endpoints.Single(endpoint => string.Equals(endpoint!.Text("address"), path, StringComparison.Ordinal))!["tables"]!.ToJsonString().ShouldBe($"[\"{table}\"]", address);
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task List_FollowedToItsEndInEveryOrder_GivesEveryRowOfTheTableOnce(string address)
    {
        var table = await TableAsync(address);
        var (sorts, _) = await ParametersAsync(address);
        foreach (var sort in sorts.Prepend(null))
        {
            var expected = (sort is null ? Of(address, table) : table.InOrder(sort)).AsTyped();
            // Page sizes that end inside ties, on the last row, and beyond it.
            foreach (var limit in new[] { 1, 3, expected.Length, 1_000 }.Where(limit => limit > 1 || expected.Length < 30))
            {
                var rows = await AllAsync($"{address}?limit={limit}{(sort is null ? "" : $"&sort={sort}")}", expected.Length);
                string.Join('\n', rows).ShouldBe(string.Join('\n', expected), $"{sort} {limit}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task List_EveryFilter_KeepsTheRowsWithTheValueAndAddsThemUp(string address)
    {
        var table = await TableAsync(address);
        var (_, names) = await ParametersAsync(address);
        var filters = Lists.Single(list => string.Equals(list.Address, address, StringComparison.Ordinal)).Filters;
        names.ShouldBe(filters.Select(filter => filter.Name), ignoreOrder: true);
        foreach (var (name, columns) in filters.Select(filter => (filter.Name, filter.Columns.Split(' '))))
        {
            string[] values = [.. table.Rows.SelectMany(row => columns.Select(column => row[column].ShouldNotBeNull().ToString())).Distinct(StringComparer.Ordinal)];
            foreach (var value in values.Take(6))
            {
                var kept = table.Where(row => columns.Any(column => name switch
                {
                    "from" or "minBaskets" => (int)row[column]! >= int.Parse(value, CultureInfo.InvariantCulture),
                    "to" => (int)row[column]! <= int.Parse(value, CultureInfo.InvariantCulture),
                    _ => string.Equals(row[column]!.ToString(), value, StringComparison.Ordinal),
                }));
                var page = await desk.Client.JsonAsync($"{address}?limit=1000&{name}={Uri.EscapeDataString(value)}");

                string.Join('\n', DeskTable.Typed(page)).ShouldBe(string.Join('\n', Of(address, kept).AsTyped()), $"{name}={value}");
                AddUp(page, kept, areSums: address is not "/sales/excluded" || name is "part");
            }
        }
    }

    /// <summary>The filters that the reference describes as lists.</summary>
    [Fact]
    public async Task List_TextFilterGivenTwice_KeepsTheRowsWithEitherValueAndAddsThemUp()
    {
        var document = (await desk.Client.JsonAsync("/openapi/v1.json")).AsObject();
        List<string> repeated = [];
        foreach (var (address, _, filters) in Lists.Where(list => document["paths"]!.AsObject().ContainsKey(list.Address)))
        {
            var lists = document["paths"]![address]!["get"]!["parameters"]!.AsArray().Select(parameter => FuzzOperation.Resolved(parameter, document))
                .Where(parameter => parameter["schema"]?["type"]?.ToJsonString().Contains("array", StringComparison.Ordinal) is true).Select(parameter => parameter.Text("name")!);
            var table = await TableAsync(address);
            foreach (var name in lists)
            {
                var columns = filters.Single(filter => string.Equals(filter.Name, name, StringComparison.Ordinal)).Columns.Split(' ');
                string[] values = [.. table.Rows.SelectMany(row => columns.Select(column => row[column].ShouldNotBeNull().ToString())).Distinct(StringComparer.Ordinal).Take(2)];
                var kept = table.Where(row => columns.Any(column => values.Contains(row[column]!.ToString(), StringComparer.Ordinal)));
                var page = await desk.Client.JsonAsync($"{address}?limit=1000&{string.Join('&', values.Select(value => $"{name}={Uri.EscapeDataString(value)}"))}");

                values.Length.ShouldBe(2);
                string.Join('\n', DeskTable.Typed(page)).ShouldBe(string.Join('\n', kept.AsTyped()), $"{address} {name}");
                AddUp(page, kept);
                repeated.Add(name);
            }
        }

        repeated.Distinct(StringComparer.Ordinal).ShouldBe(["department", "commodity", "subCommodity", "item"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task List_TotalsOfEveryPage_AreThoseOfTheWholeTable(string address)
    {
        var table = await TableAsync(address);
        var first = await desk.Client.JsonAsync($"{address}?limit=1");
        var second = await desk.Client.JsonAsync($"{address}?limit=1&after={first.Text("next")}");

        AddUp(first, table, areSums: address is not "/sales/excluded");
        AddUp(second, table, areSums: address is not "/sales/excluded");
    }

    /// <summary>The models declare of which columns a sum means something, and <c>GET /tables/{name}/rows</c> sums these. Typed lists do not sum others.</summary>
    [Fact]
    public async Task List_Totals_SumOnlyWhatTheModelsDeclareAdditive()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        foreach (var (address, table, _) in Lists)
        {
            var additive = (await host.Client.JsonAsync($"/tables/{table}/about"))["about"]!["columns"]!.AsArray().Where(column => column!.Text("isAdditive") is "true")
                .Select(column => column!.Text("name")!.Replace("_", "", StringComparison.Ordinal));
            var summed = (await host.Client.JsonAsync($"{address}?limit=1"))["totals"]!.AsObject().Where(total => total.Key is not "rows" && total.Value is not null).Select(total => total.Key);

            summed.Except(additive, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty(address);
        }
    }

    [Theory]
    [InlineData("/products/12", "product_summary", "product_id", "12")]
    [InlineData("/products/414", "product_summary", "product_id", "414")]
    [InlineData("/campaigns/2/performance", "campaign_performance", "campaign", "2")]
    public async Task Row_OfOneThing_IsThatOfTheTable(string address, string name, string key, string value)
    {
        var table = (await DeskTable.ReadAsync(desk.Client, name)).Where(row => string.Equals(row[key]?.ToString(), value, StringComparison.Ordinal));

        DeskTable.TypedRow(await desk.Client.JsonAsync(address)).ShouldBe(table.AsTyped().ShouldHaveSingleItem());
    }

    /// <summary>Several filters at once hold together: by hand from the rows of DeskVersion.sql, where each product of the journey is there five times.</summary>
    [Fact]
    public async Task Products_SeveralFilters_HoldTogether()
    {
        var page = await desk.Client.JsonAsync("/products?department=GROCERY&brand=Private&manufacturer=69&sort=-salesValue");

        // Product 11 (butter, manufacturer 69): 11, 211 and 411 keep the manufacturer; sold for 2.50 x 1, 3 and 2.
        page["items"].ShouldNotBeNull().AsArray().Select(row => $"{row!.Text("productId")} {row!.Text("salesValue")}").ShouldBe(["211 7.50", "411 5.00", "11 2.50"]);
        page["totals"].ShouldNotBeNull().Text("rows").ShouldBe("3");
        page["totals"]!.Text("salesValue").ShouldBe("15.00");
    }

    /// <summary>All rows of the address: those of the table, or those of the one thing in it.</summary>
    private async Task<DeskTable> TableAsync(string address)
    {
        var list = Lists.Single(list => string.Equals(list.Address, address, StringComparison.Ordinal));
        var table = await DeskTable.ReadAsync(desk.Client, list.Table);
        return address switch
        {
            "/products/12/weeks" => table.Where(row => row["product_id"]?.ToString() is "12"),
            "/households/1/segments" => table.Where(row => row["household_key"]?.ToString() is "1"),
            _ => table,
        };
    }

    private static DeskTable Of(string address, DeskTable table) => address is "/households/1/segments" ? table.InOrder("quartersAgo") : table;

    private async Task<(string[] Sorts, string[] Filters)> ParametersAsync(string address)
    {
        var document = (await desk.Client.JsonAsync("/openapi/v1.json")).AsObject();
        var path = address.Replace("/12/", "/{productId}/", StringComparison.Ordinal).Replace("/households/1/", "/households/{householdKey}/", StringComparison.Ordinal);
        var parameters = document["paths"]!.AsObject()[path].ShouldNotBeNull(path)["get"]!["parameters"]!.AsArray().Select(parameter => FuzzOperation.Resolved(parameter, document)).ToList();
        parameters.ShouldAllBe(parameter => parameter.Text("description") != null);
        var sort = parameters.SingleOrDefault(parameter => parameter.Text("name") is "sort");
        return (
            [.. sort?["schema"]?["enum"]?.AsArray().Select(value => value!.ToString()) ?? []],
            [.. parameters.Where(parameter => parameter.Text("in") is "query").Select(parameter => parameter.Text("name")!).Except(["sort", "after", "limit", "version", "format"], StringComparer.Ordinal)]);
    }

    private async Task<List<string>> AllAsync(string address, int most)
    {
        List<string> rows = [];
        string? after = null;
        do
        {
            var page = await desk.Client.JsonAsync($"{address}{(after is null ? "" : $"&after={after}")}");
            rows.AddRange(DeskTable.Typed(page));
            after = page.Text("next");
        }
        while (after is not null && rows.Count <= most);

        return rows;
    }

    /// <param name="page">Whose totals.</param>
    /// <param name="table">All rows that they are of.</param>
    /// <param name="areSums">Whether they have sums: every line is in two parts of <c>excluded_sales</c>.</param>
    private static void AddUp(JsonNode page, DeskTable table, bool areSums = true)
    {
        var totals = page["totals"].ShouldNotBeNull().AsObject();
        totals.Text("rows").ShouldBe(table.Rows.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (member, total) in totals.Where(total => total.Key is not "rows"))
        {
            if (!areSums)
            {
                total.ShouldBeNull(member);
                continue;
            }

            total.ShouldNotBeNull().GetValueKind().ShouldBe(JsonValueKind.Number);
            ((decimal)total).ShouldBe(table.Sum(member), member);
        }
    }
}
