using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>Reads what the four campaign files say of a campaign.</summary>
internal static class CampaignLineQuery
{
    /// <summary>In the order of the answer.</summary>
    internal static IReadOnlyList<string> Datasets { get; } =
        [DatasetNames.Campaigns, DatasetNames.CampaignHouseholds, DatasetNames.Coupons, DatasetNames.CouponRedemptions];

    internal static async Task<CampaignLines> ReadAsync(
        LineReading reading, int campaign, IReadOnlyList<string> datasets, LineWindow window, CancellationToken cancellationToken)
    {
        // One without rows gives every answer all columns.
        var rows = Datasets.Select((dataset, place) =>
        {
            var table = LakeTables.All.Single(one => string.Equals(one.Name, dataset, StringComparison.Ordinal));
            var condition = datasets.Contains(dataset, StringComparer.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"campaign = {campaign}") : "false";
            return $"select {place} as place, {SqlText.Literal(dataset)} as dataset, * from ({reading.Matching(table, condition)})";
        });
        await reading.Warehouse.ExecuteAsync($"create temp table campaign_lines as {string.Join(" union all by name ", rows)}", cancellationToken);
        var lines = await reading.Warehouse.CountAsync("from campaign_lines", cancellationToken);
        await using var command = reading.Warehouse.Connection.CreateCommand();
        command.CommandText =
            $"""
            from campaign_lines
            order by place, {LakeLayout.PartitionColumn}, {LakeLayout.LineColumn} nulls last, household_key, coupon_upc, product_id, day
            limit {window.Limit} offset {window.Offset}
            """;
        List<CampaignLine> items = [];
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(Read(reader, reading.Sources));
        }

        return new CampaignLines(items, Next: null, reading.Sources.Version, lines);
    }

    private static CampaignLine Read(DuckDBDataReader row, LineSources sources)
    {
        var loadId = row.Value<long>(LakeLayout.PartitionColumn);
        var line = row.ValueOrNull<long>(LakeLayout.LineColumn);
        var (mendsLoadId, file, untraced) = sources.Origin(loadId, line);
        return new CampaignLine(
            row.Value<string>("dataset"),
            loadId,
            mendsLoadId,
            file,
            line,
            untraced,
            row.TextOrNull("description"),
            row.ValueOrNull<int>("start_day"),
            row.ValueOrNull<int>("end_day"),
            row.ValueOrNull<int>("household_key"),
            row.ValueOrNull<long>("coupon_upc"),
            row.ValueOrNull<int>("product_id"),
            row.ValueOrNull<int>("day"));
    }
}
