using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>Reads transaction lines and judges them by the models of the cleaning themselves, with the settings of the version.</summary>
internal static class TransactionLineQuery
{
    /// <summary>Whatever was merged meanwhile, pages follow each other: lines that are equal here can change places unseen.</summary>
    private const string Order =
        $"day, basket_id, product_id, {LakeLayout.PartitionColumn}, {LakeLayout.LineColumn} nulls last, household_key, store_id, trans_time, quantity, sales_value, retail_disc, week_no, coupon_disc, coupon_match_disc";

    private const string Sections = "product_sections";
    private const string Repeating = "repeat_households";

    internal static async Task<TransactionLines> ReadAsync(LineReading reading, LineFilter filter, LineWindow window, CancellationToken cancellationToken)
    {
        await JudgeAsync(reading, filter, cancellationToken);
        return await PageAsync(reading, window, cancellationToken);
    }

    /// <summary>Makes the view <c>judged</c> of the lines that fit the filter: each with <c>left_out_by</c>, null when it counts.</summary>
    internal static async Task JudgeAsync(LineReading reading, LineFilter filter, CancellationToken cancellationToken)
    {
        var sections = await reading.TableAsync(Sections, cancellationToken);
        var condition = filter is { Basket: { } basket, Household: null }
            ? string.Create(CultureInfo.InvariantCulture, $"{filter.Condition} and {reading.OfBaskets($"basket_id = {basket}")}")
            : filter.Condition;
        await reading.Warehouse.ExecuteAsync(
            $"""
            {reading.Sources.Settings.Variables}
            create temp table screened as
            select traced.*, section::varchar as section, left_out_by(quantity, sales_value, day, section, is_excluded, getvariable('first_day'), getvariable('last_day')) as left_out_by
            from ({reading.Matching(LakeTables.Transactions, condition)}) as traced
            left join {sections} using (product_id);
            create temp table single_day as
            select household_key from screened where left_out_by is null group by household_key having min(day) = max(day);
            """,
            cancellationToken);
        if (await reading.Warehouse.CountAsync("from single_day", cancellationToken) > 0)
        {
            // They may have other lines that count, on other days.
            var repeating = await reading.TableAsync(Repeating, cancellationToken);
            await reading.Warehouse.ExecuteAsync($"delete from single_day where household_key in (select household_key from {repeating})", cancellationToken);
        }

        await reading.Warehouse.ExecuteAsync(
            $"""
            create temp view judged as
            select screened.* replace (coalesce(left_out_by, case when single_day.household_key is not null then '{LineRules.SingleDayHousehold}' end) as left_out_by)
            from screened
            left join single_day using (household_key);
            """,
            cancellationToken);
    }

    private static async Task<TransactionLines> PageAsync(LineReading reading, LineWindow window, CancellationToken cancellationToken)
    {
        await using var command = reading.Warehouse.Connection.CreateCommand();
        command.CommandText =
            "select count(*), count(*) filter (left_out_by is null), coalesce(sum(sales_value) filter (left_out_by is null), 0)::decimal(18, 2) from judged";
        long lines, counted;
        decimal sales;
        await using (var totals = await command.ExecuteReaderAsync(cancellationToken))
        {
            await totals.ReadAsync(cancellationToken);
            (lines, counted, sales) = (totals.GetInt64(0), totals.GetInt64(1), totals.GetDecimal(2));
        }

        command.CommandText = $"from judged order by {Order} limit {window.Limit} offset {window.Offset}";
        List<TransactionLine> items = [];
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(Read(reader, reading.Sources));
        }

        return new TransactionLines(items, Next: null, reading.Sources.Version, lines, counted, sales);
    }

    private static TransactionLine Read(DuckDBDataReader row, LineSources sources)
    {
        var loadId = row.Value<long>(LakeLayout.PartitionColumn);
        var line = row.ValueOrNull<long>(LakeLayout.LineColumn);
        var (mendsLoadId, file, untraced) = sources.Origin(loadId, line);
        var day = row.Value<int>("day");
        var leftOutBy = row.TextOrNull("left_out_by");
        return new TransactionLine(
            loadId,
            mendsLoadId,
            file,
            line,
            untraced,
            row.Value<int>("household_key"),
            row.Value<long>("basket_id"),
            day,
            sources.DayOne.AddDays(day - 1),
            row.Value<int>("product_id"),
            row.TextOrNull("section"),
            row.Value<int>("quantity"),
            row.Value<decimal>("sales_value"),
            row.Value<int>("store_id"),
            row.Value<decimal>("retail_disc"),
            row.Value<int>("trans_time"),
            row.Value<int>("week_no"),
            row.Value<decimal>("coupon_disc"),
            row.Value<decimal>("coupon_match_disc"),
            leftOutBy is null,
            leftOutBy);
    }
}

/// <summary>Reads columns by name.</summary>
internal static class LineRowExtensions
{
    internal static T Value<T>(this DuckDBDataReader row, string column) => row.GetFieldValue<T>(row.GetOrdinal(column));

    internal static T? ValueOrNull<T>(this DuckDBDataReader row, string column)
        where T : struct => row.IsDBNull(row.GetOrdinal(column)) ? null : row.Value<T>(column);

    internal static string? TextOrNull(this DuckDBDataReader row, string column) => row.IsDBNull(row.GetOrdinal(column)) ? null : row.Value<string>(column);
}
