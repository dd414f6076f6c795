using System.IO.Pipelines;
using DuckDB.NET.Data;
using Dunnhumby.Insights.Api.Forms;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Tables;

/// <summary>Read back with DuckDB, which shares no code with the writer.</summary>
[Collection(nameof(PublishedInsightsGroup))]
public sealed class ParquetTableTests(PublishedInsights insights) : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ParquetAsked_HasTheTablesRowsInOrderWithExactDecimals()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/campaign_summary", ("Accept", "application/vnd.apache.parquet, */*;q=0.1"));
        await File.WriteAllBytesAsync(_file, await response.Content.ReadAsByteArrayAsync(Token), Token);

        response.Content.Headers.ContentType?.ToString().ShouldBe("application/vnd.apache.parquet");
        response.Headers.Vary.Contains("Accept", StringComparer.OrdinalIgnoreCase).ShouldBeTrue();
        // The figures stand in SmallVersion.sql. A text is as it is: only CSV is opened by spreadsheets.
        (await RowsAsync("select concat_ws('|', campaign, description, listed_products, sales_before, coalesce(avg_before::varchar, 'null')) from read_parquet('{0}')")).ShouldBe(
            ["1|TypeA|3|3.30|0.026829", "2|=HYPERLINK(\"http://x\")|1|0.00|null", "3|Type \"B\",\nsecond|0|0.00|0.000000"]);
        (await RowsAsync("select distinct concat_ws(' ', typeof(campaign), typeof(description), typeof(listed_products), typeof(sales_before), typeof(avg_before)) from read_parquet('{0}')"))
            .ShouldBe(["INTEGER VARCHAR INTEGER DECIMAL(18,2) DECIMAL(24,6)"]);
    }

    [Fact]
    public async Task Get_FlagsAndNulls_AreFlagsAndNulls()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/household_summary", ("Accept", "application/vnd.apache.parquet"));
        await File.WriteAllBytesAsync(_file, await response.Content.ReadAsByteArrayAsync(Token), Token);

        (await RowsAsync("select concat_ws(' ', household_key, coalesce(has_kids::varchar, 'null'), has_demographics, total_sales) from read_parquet('{0}') limit 3"))
            .ShouldBe(["1 true false 50.50", "2 false false 20.00", "3 null false 20.00"]);
    }

    [Fact]
    public async Task Write_SeveralRowGroupsAndWideDecimals_LosesNothing()
    {
        // 70,000 rows are three row groups of 32,768. Each third value is null, so the amounts are 46,667 times a number of 23 digits that no binary floating point holds.
        await QueryToFileAsync("select row_number() over () as n, (case when i % 3 <> 1 then -12345678901234567890.123 end)::numeric(38, 3) as amount from generate_series(0, 69999) i");

        (await RowsAsync("select concat_ws('|', count(*), count(amount), sum(amount), max(n)) from read_parquet('{0}')")).ShouldBe(["70000|46667|-576135797283913579728370.041|70000"]);
        (await RowsAsync("select count(distinct row_group_id)::varchar from parquet_metadata('{0}')")).ShouldBe(["3"]);
        (await RowsAsync("select typeof(amount) from read_parquet('{0}') limit 1")).ShouldBe(["DECIMAL(38,3)"]);
    }

    [Fact]
    public async Task Write_NoRows_IsAFileWithColumns()
    {
        await QueryToFileAsync("select 1 as n, 2.50::numeric(18, 2) as amount where false");

        (await RowsAsync("select concat_ws(' ', column_name, column_type) from (describe select * from read_parquet('{0}'))")).ShouldBe(["n INTEGER", "amount DECIMAL(18,2)"]);
    }

    public void Dispose() => File.Delete(_file);

    private async Task QueryToFileAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(insights.ReaderConnection);
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        await using var file = File.Create(_file);
        var output = PipeWriter.Create(file);
        await ParquetTable.WriteAsync(reader, decimals: null, output, Token);
        await output.CompleteAsync();
    }

    private async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = string.Format(null, sql, _file);
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> rows = [];
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
