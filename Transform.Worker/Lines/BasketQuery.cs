using DuckDB.NET.Data;
using Dunnhumby.Contracts.Lines;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>Reads baskets: the transaction lines of each, judged as <see cref="TransactionLineQuery"/> judges them, added up.</summary>
internal static class BasketQuery
{
    internal static async Task<HouseholdBaskets> ReadAsync(LineReading reading, LineFilter filter, LineWindow window, CancellationToken cancellationToken)
    {
        await TransactionLineQuery.JudgeAsync(reading, filter, cancellationToken);
        await using var command = reading.Warehouse.Connection.CreateCommand();
        // A basket of the files is of one household, DAY and store; where they say otherwise, each of these is shown.
        command.CommandText =
            """
            create temp table baskets as
            select
                basket_id,
                household_key,
                day,
                store_id,
                min(trans_time) as trans_time,
                count(*) as lines,
                count(*) filter (left_out_by is null) as counted,
                coalesce(sum(sales_value) filter (left_out_by is null), 0)::decimal(18, 2) as sales
            from judged
            group by basket_id, household_key, day, store_id
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = "select count(*), coalesce(sum(lines), 0)::bigint, coalesce(sum(counted), 0)::bigint, coalesce(sum(sales), 0)::decimal(18, 2) from baskets";
        long baskets, all, counted;
        decimal sales;
        await using (var totals = await command.ExecuteReaderAsync(cancellationToken))
        {
            await totals.ReadAsync(cancellationToken);
            (baskets, all, counted, sales) = (totals.GetInt64(0), totals.GetInt64(1), totals.GetInt64(2), totals.GetDecimal(3));
        }

        command.CommandText = $"from baskets order by day, basket_id, store_id, household_key limit {window.Limit} offset {window.Offset}";
        List<Basket> items = [];
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var day = reader.Value<int>("day");
            items.Add(new Basket(
                reader.Value<long>("basket_id"),
                reader.Value<int>("household_key"),
                day,
                reading.Sources.DayOne.AddDays(day - 1),
                reader.Value<int>("trans_time"),
                reader.Value<int>("store_id"),
                reader.Value<long>("lines"),
                reader.Value<long>("counted"),
                reader.Value<decimal>("sales")));
        }

        return new HouseholdBaskets(items, Next: null, reading.Sources.Version, baskets, all, counted, sales);
    }
}
