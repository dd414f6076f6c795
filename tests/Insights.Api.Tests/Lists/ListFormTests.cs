using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Dunnhumby.Insights.Api.Tests.Rows;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;
using Microsoft.VisualBasic.FileIO;

namespace Dunnhumby.Insights.Api.Tests.Lists;

/// <summary>Every list as CSV and Parquet beside JSON: which these are is read from the reference.</summary>
[Collection(nameof(PublishedDeskGroup))]
public sealed class ListFormTests(PublishedDesk desk, PostgresFixture postgres)
{
    private const string Csv = "text/csv";
    private const string Parquet = "application/vnd.apache.parquet";

    /// <summary>What stands for the parameters of addresses.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["householdKey"] = "1",
        ["campaign"] = "1",
        ["productId"] = "12",
        ["name"] = "daily_sales",
        ["from"] = "1",
        ["to"] = "1",
        ["table"] = "household_summary",
    };

    /// <summary>The transform service has their lines, and is not there.</summary>
    private static readonly string[] OfLake = ["/households/{householdKey}/lines", "/stores/{store}/lines", "/products/{product}/lines", "/campaigns/{campaign}/lines", "/households/{householdKey}/baskets", "/baskets/{basketId}"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_EveryListAndTable_IsInThreeForms()
    {
        foreach (var (path, content) in await ListsAsync())
        {
            content.ShouldBe(["application/json", Csv, Parquet], path);
        }
    }

    [Fact]
    public async Task Read_EachList_HasTheSameItemsInEachForm()
    {
        var (compared, plain) = (0, 0);
        foreach (var (path, _) in (await ListsAsync()).Where(list => !OfLake.Contains(list.Path, StringComparer.Ordinal) && !list.Path.StartsWith("/tables/{name}", StringComparison.Ordinal)))
        {
            var address = Values.Aggregate(path, (filled, value) => filled.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));
            address += path is "/search" ? "?q=butter&" : "?";
            var items = Items(await desk.Client.JsonAsync(address.TrimEnd('?', '&')));
            var rows = Rows(await TextAsync($"{address}format=csv", Csv));
            var (columns, count) = await ParquetAsync($"{address}format=parquet");

            rows.Count.ShouldBe(items.Count + 1, address);
            foreach (var (item, row) in path.EndsWith("/daily-spend", StringComparison.Ordinal) ? [] : items.Zip(rows.Skip(1)))
            {
                foreach (var (column, field) in rows[0].Zip(row))
                {
                    field.ShouldBe(PlainValue(item.ShouldNotBeNull().AsObject(), column) ?? field, $"{address} {column}");
                    plain += PlainValue(item.AsObject(), column) is null ? 0 : 1;
                }
            }

            count.ShouldBe(items.Count, address);
            columns.ShouldBe(rows[0], customMessage: address);
            compared += items.Count;
        }

        compared.ShouldBeGreaterThan(100);
        plain.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Csv_OfLists_HasAColumnForEachValue()
    {
        (await TextAsync("/departments?format=csv&limit=1", Csv)).Split('\n')[0].ShouldStartWith("department,products,sales_value,units,lines,");
        (await TextAsync("/campaigns?format=csv", Csv)).Split('\n')[0].ShouldBe(
            "campaign,description,first_day,first_date,last_day,last_date,duration,listed_products,before_sales,before_days,before_average,during_sales,during_days,during_average,"
            + "after_sales,after_days,after_average,total_sales,total_days,total_average");
        (await TextAsync("/households?format=csv", Csv)).Split('\n')[0].ShouldContain("rfm_bin,sections_alcohol,sections_beverages,");
        (await TextAsync("/versions?format=csv", Csv)).Split('\n')[1].ShouldStartWith("1,");
    }

    [Fact]
    public async Task Csv_OfAHouseholdsDays_HasAColumnForEachSection()
    {
        var spend = await desk.Client.JsonAsync("/households/1/daily-spend");
        var day = spend["days"].ShouldNotBeNull()[0].ShouldNotBeNull();

        var rows = (await TextAsync("/households/1/daily-spend?format=csv", Csv)).Split('\n');

        rows[0].ShouldBe($"household_key,day,date,{string.Join(',', spend["sections"].ShouldNotBeNull().AsArray().Select(section => $"sections_{section}"))},total");
        rows[1].ShouldBe($"1,{day["day"]},{day["date"]},{string.Join(',', day["sections"].ShouldNotBeNull().AsArray().Select(amount => amount.ShouldNotBeNull().ToJsonString()))},{day["total"].ShouldNotBeNull().ToJsonString()}");
    }

    [Fact]
    public async Task Parquet_OfAList_HasExactValuesOfTheirTypes()
    {
        var first = Items(await desk.Client.JsonAsync("/products?limit=1"))[0].ShouldNotBeNull();
        var file = await FileAsync("/products?limit=1&format=parquet");
        try
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"select concat_ws(' ', product_id, typeof(product_id), sales_value = {first["salesValue"].ShouldNotBeNull().ToJsonString()}, typeof(sales_value), department, first_date) from read_parquet('{file}')";

            (await command.ExecuteScalarAsync(Cancellation)).ShouldBe($"{first["productId"]} BIGINT true DECIMAL(28,6) {first["department"]} {first["firstDate"]}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Csv_FollowedByItsLinks_IsEachItemOnce()
    {
        List<string> keys = [];
        string? address = "/products?sort=-salesValue&limit=3";
        while (address is not null)
        {
            using var response = await AskAsync(address, Csv);
            keys.AddRange((await response.Content.ReadAsStringAsync(Cancellation)).Split('\n')[1..^1].Select(row => row.Split(',')[0]));
            address = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('>')[0].TrimStart('<') : null;
        }

        var all = Items(await desk.Client.JsonAsync("/products?sort=-salesValue&limit=1000")).Select(item => $"{item.ShouldNotBeNull()["productId"]}");
        keys.ShouldBe(all);
    }

    [Theory]
    [InlineData("/products?format=xml")]
    [InlineData("/products?format=CSV")]
    [InlineData("/products?format=")]
    [InlineData("/campaigns?format=xlsx")]
    [InlineData("/versions?format=yaml")]
    public async Task Read_OtherForm_Is400ThatNamesThose(string address)
    {
        var problem = await desk.Client.ProblemAsync(address, HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull()["format"].ShouldNotBeNull().ToString().ShouldContain("format takes json, csv or parquet.");
    }

    [Fact]
    public async Task Read_ErrorsAndUnchanged_AreAsInJson()
    {
        using var unknown = await AskAsync("/products/404404/weeks", Csv);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        unknown.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");

        using var known = await AskAsync("/products", Csv);
        known.Headers.Vary.Contains("Accept", StringComparer.OrdinalIgnoreCase).ShouldBeTrue();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/products?format=csv");
        request.Headers.IfNoneMatch.Add(known.Headers.ETag.ShouldNotBeNull());
        using var unchanged = await desk.Client.SendAsync(request, Cancellation);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        using var head = await desk.Client.SendAsync(HttpMethod.Head, "/products?format=parquet");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentType?.MediaType.ShouldBe(Parquet);
        (await head.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_BeforeAnythingIsPublished_IsAListWithoutItems()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        using var response = await host.Client.SendAsync(HttpMethod.Get, "/products?format=csv");

        (await response.Content.ReadAsStringAsync(Cancellation)).Split('\n').Length.ShouldBe(2);
    }

    private async Task<List<(string Path, List<string> Content)>> ListsAsync()
    {
        var document = (await desk.Client.JsonAsync("/openapi/v1.json")).AsObject();
        return
        [
            .. document["paths"].ShouldNotBeNull().AsObject()
                .Select(path => (path.Key, Content: path.Value?["get"]?["responses"]?["200"]?["content"]?.AsObject()))
                .Where(path => path.Content?["application/json"]?["schema"] is { } schema && IsList(document, schema))
                .Select(path => (path.Key, path.Content.ShouldNotBeNull().Select(content => content.Key).ToList())),
        ];
    }

    /// <summary>A list, a page of one, or what is nothing but a list and what it is of.</summary>
    private static bool IsList(JsonObject document, JsonNode schema) =>
        schema.Text("type") is "array"
        || (schema.Text("$ref") is { } reference
            && (reference.EndsWith("/DailySpend", StringComparison.Ordinal) || reference.EndsWith("/VersionDifference", StringComparison.Ordinal)
                || document["components"]?["schemas"]?[reference.Split('/')[^1]]?["properties"]?["items"] is not null));

    private static List<JsonNode?> Items(JsonNode answer) => [.. (answer as JsonArray ?? answer["items"] ?? answer["days"] ?? answer["tables"]).ShouldNotBeNull().AsArray()];

    /// <summary>Rows and fields of a CSV file.</summary>
    private static List<List<string>> Rows(string csv)
    {
        using var text = new StringReader(csv);
        using var reader = new TextFieldParser(text) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        List<List<string>> rows = [];
        while (reader.ReadFields() is { } fields)
        {
            rows.Add([.. fields]);
        }

        return rows;
    }

    /// <summary>A number, flag or text of an item of JSON as CSV has it; null of what is not the item's own.</summary>
    private static string? PlainValue(JsonObject item, string column)
    {
        var (name, value) = item.FirstOrDefault(member => string.Equals(JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Key), column, StringComparison.Ordinal));
        return name is null || value is JsonObject or JsonArray ? null
            : value is null ? ""
            : value.GetValueKind() is JsonValueKind.String ? Harmless($"{value}")
            : value.ToJsonString();

        static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text;
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd(accept);
        return await desk.Client.SendAsync(request, Cancellation);
    }

    private async Task<string> TextAsync(string address, string type)
    {
        using var response = await desk.Client.SendAsync(HttpMethod.Get, address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        response.Content.Headers.ContentType?.MediaType.ShouldBe(type, address);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private async Task<string> FileAsync(string address)
    {
        using var response = await desk.Client.SendAsync(HttpMethod.Get, address);
        response.Content.Headers.ContentType?.MediaType.ShouldBe(Parquet, address);
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await response.Content.ReadAsByteArrayAsync(Cancellation), Cancellation);
        return file;
    }

    private async Task<(List<string> Columns, long Rows)> ParquetAsync(string address)
    {
        var file = await FileAsync(address);
        try
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"select string_agg(column_name, ',') from (describe select * from read_parquet('{file}'))";
            var columns = $"{await command.ExecuteScalarAsync(Cancellation)}";
            command.CommandText = $"select count(*) from read_parquet('{file}')";
            return ([.. columns.Split(',')], Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
