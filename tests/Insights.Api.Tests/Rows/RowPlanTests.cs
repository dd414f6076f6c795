using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Products;
using Dunnhumby.Insights.Api.Products;
using Dunnhumby.Insights.Api.Rows;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Rows;

/// <summary>Pages of products, of which there are 92,000, are read in the order of an index. Scans are made unattractive: what is tested is that the statement can use it.</summary>
[Collection(nameof(PublishedDeskGroup))]
public sealed class RowPlanTests(PublishedDesk desk)
{
    private static readonly PublishedVersion Version =
        new(new InsightsVersion(1, DateTimeOffset.UnixEpoch, new DateOnly(2004, 3, 23), [], [], []), Warehouse.SchemaOf(1));

    public static TheoryData<string> Sorts => [.. RowFilters<ProductRequest>.Instance.Sorts, .. RowFilters<ProductRequest>.Instance.Sorts.Select(sort => $"-{sort}")];

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Products_PageInAnyOrder_IsReadInIndexOrderWithoutSorting(string sort)
    {
        var source = new RowSource<ProductRequest>("product_summary", "product_id");
        var order = RowOrder.Of(RowShape<ProductSummary>.Instance, source.Key, sort);
        var after = new RowCursor([.. order.Members.Select(member => Convert.ChangeType(1, member.Type, provider: null))]);
        var page = new RowStatement<ProductRequest>(Version, source, []).Page(["product_id"], order, after, pageSize: 50);
        await using var connection = new NpgsqlConnection(desk.ReaderConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var noScans = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off", connection);
        await noScans.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"explain {page.CommandText}", connection);
        foreach (NpgsqlParameter parameter in page.Parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> plan = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.Add(reader.GetString(0));
        }

        string.Join('\n', plan).ShouldContain("Index Cond: ");
        string.Join('\n', plan).ShouldNotContain("Sort");
    }
}
