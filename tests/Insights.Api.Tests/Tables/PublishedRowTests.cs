using System.Globalization;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Forms;
using Dunnhumby.Insights.Api.Tables;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Tables;

/// <summary>Pages of rows of every table that the worker publishes.</summary>
public sealed class PublishedRowTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Compared with the table as a whole, which is read another way.</summary>
    [Fact]
    public async Task Rows_OfEveryTableInEveryOrder_AreAllOfThemOnceAndSorted()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        foreach (var table in (await host.Client.JsonAsync("/tables")).AsArray().Select(table => table!.Text("name")!))
        {
            var whole = (await host.Client.JsonAsync($"/tables/{table}")).AsArray().Select(row => row!.ToJsonString()).ToList();
            var first = await host.Client.JsonAsync($"/tables/{table}/rows?limit=1000");
            first["rows"]!.AsArray().Select(row => row!.ToJsonString()).ShouldBe(whole, table);
            foreach (var column in first["columns"]!.AsArray().Select(column => column.ShouldNotBeNull()))
            {
                foreach (var sign in new[] { "", "-" })
                {
                    var limit = Math.Max(1, whole.Count / 3);
                    var (rows, _) = await RowTests.AllAsync(host.Client, $"/tables/{table}/rows?limit={limit}&sort={sign}{column.Text("parameter")}", 6);

                    rows.Select(row => row.ToJsonString()).Order(StringComparer.Ordinal).ShouldBe(whole.Order(StringComparer.Ordinal), $"{table} {sign}{column.Text("name")}");
                    if (column.Text("type") is not "text")
                    {
                        ShouldBeSorted([.. rows.Select(row => row[column.Text("name")!])], sign.Length > 0);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Tables that divide the same cleaned lines in their ways: if a column that is said to add up counted something twice, the sums would differ. What the desk's tables leave
    /// out, they leave out alike.
    /// </summary>
    [Fact]
    public async Task Sums_OfTablesThatDivideTheCleanedSales_AreTheSame()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        Dictionary<string, Dictionary<string, string>> sums = new(StringComparer.Ordinal);
        foreach (var table in (await host.Client.JsonAsync("/tables")).AsArray().Select(table => table!.Text("name")!))
        {
            var totals = (await host.Client.JsonAsync($"/tables/{table}/rows?limit=1"))["totals"]!;
            foreach (var (column, sum) in totals["sums"]!.AsObject())
            {
                var name = column is "total_sales" ? "sales_value" : column;
                (sums.TryGetValue(name, out var known) ? known : sums[name] = new(StringComparer.Ordinal)).Add(table, $"{sum}");
            }
        }

        sums["sales_value"].Keys.ShouldBe(
            [
                "household_summary", "daily_household_spend", "daily_sales", "store_daily_sales", "sales_daily", "sales_weekly", "store_weekly", "sales_by_hour", "product_summary",
                "product_weekly", "department_summary", "private_label_share", "store_summary", "household_segments", "segment_summary", "cohort_retention",
            ],
            ignoreOrder: true);
        foreach (var column in new[] { "sales_value", "units", "lines", "retail_discount", "coupon_discount", "coupon_match_discount" })
        {
            sums[column].Values.Select(sum => decimal.Parse(sum, CultureInfo.InvariantCulture)).Distinct().Count().ShouldBe(1, $"{column}: {string.Join(", ", sums[column])}");
        }

        decimal.Parse(sums["sales_value"]["daily_sales"], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        sums.ContainsKey("households").ShouldBeFalse();
        sums.ContainsKey("baskets").ShouldBeFalse();
    }

    [Fact]
    public async Task Totals_OfFilteredRows_AreTheirSums()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        var all = (await host.Client.JsonAsync("/tables/sales_daily")).AsArray();
        var department = all[0]!.Text("department")!;
        var some = all.Where(row => string.Equals(row!.Text("department"), department, StringComparison.Ordinal)).ToList();

        var totals = (await host.Client.JsonAsync($"/tables/sales_daily/rows?limit=1&department={Uri.EscapeDataString(department)}"))["totals"]!;

        totals.Text("rows").ShouldBe($"{some.Count}");
        totals["sums"]!.AsObject().Select(sum => sum.Key).ShouldBe(["sales_value", "units", "lines", "retail_discount", "coupon_discount", "coupon_match_discount"]);
        foreach (var (column, sum) in totals["sums"]!.AsObject())
        {
            sum!.GetValue<decimal>().ShouldBe(some.Sum(row => row![column]!.GetValue<decimal>()), column);
        }

        (await host.Client.JsonAsync("/tables/sales_daily/rows?department=nothing"))["totals"]!["sums"]!.Text("sales_value").ShouldBe("0");
    }

    /// <summary>A column with such a name could not be filtered by.</summary>
    [Fact]
    public async Task Columns_OfEveryTable_AreNamedApartFromTheOtherParameters()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        foreach (var table in (await host.Client.JsonAsync("/tables")).AsArray().Select(table => table!.Text("name")!))
        {
            string[] parameters = [.. (await host.Client.JsonAsync($"/tables/{table}/rows?limit=1"))["columns"]!.AsArray().Select(column => column!.Text("parameter")!)];
            parameters.Intersect(["from", "to", "sort", "after", "limit", "format", "version"], StringComparer.OrdinalIgnoreCase).ShouldBeEmpty(table);
            parameters.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(parameters.Length, table);
        }
    }

    /// <summary>In views of rows with versions, as the worker publishes them. Small tables would be scanned whatever the statement says, so scans are made unattractive.</summary>
    [Fact]
    public async Task Page_InTheOrderOfTheKey_IsReadFromItsIndexWithoutSorting()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        var version = await host.Services.GetRequiredService<CurrentVersion>().GetAsync(Token);
        foreach (var name in version.Tables.Select(table => table.Name))
        {
            var table = await host.Services.GetRequiredService<TableShapes>().GetAsync(version, name, Token);
            foreach (var sort in new[] { null, $"-{table.Key[0].Parameter}" })
            {
                var order = TableOrder.Of(table, sort)!;
                var first = new RowQuery(table, [], From: null, To: null, order, After: null, Limit: 50);
                object[] place = [.. order.Columns.Select(column => column.Kind is CellKind.Text ? "m" : CellText.Read(column, "1")!)];

                foreach (var query in new[] { first, first with { After = new TableCursor(place) } })
                {
                    var plan = await PlanAsync(query, version.Schema, warehouse.ReaderConnection);

                    plan.ShouldContain("Index", customMessage: $"{name}\n{plan}");
                    plan.ShouldNotContain("Sort", customMessage: $"{name}\n{plan}");
                    if (query.After is not null)
                    {
                        plan.ShouldContain("Index Cond: (", customMessage: $"{name}\n{plan}");
                    }
                }
            }
        }
    }

    private static async Task<string> PlanAsync(RowQuery query, string schema, string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        await using var noScans = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off", connection);
        await noScans.ExecuteNonQueryAsync(Token);
        await using var command = new NpgsqlCommand { Connection = connection };
        command.CommandText = $"explain {query.PageSql(schema, command.Parameters)}";
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> lines = [];
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static void ShouldBeSorted(List<JsonNode?> cells, bool descending)
    {
        var values = cells.TakeWhile(cell => cell is not null).Select(cell => decimal.TryParse($"{cell}", CultureInfo.InvariantCulture, out var number) ? number : (bool)cell! ? 1 : 0).ToList();
        cells.Skip(values.Count).ShouldAllBe(cell => cell == null, "Those without a value come last.");
        values.ShouldBe(descending ? values.OrderDescending() : values.Order());
    }
}
