using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Products;
using Npgsql;

namespace Dunnhumby.Benchmarks.Answers;

/// <summary>The statements of the minimal API, and its records read by position.</summary>
internal static class MinimalRows
{
    private const int FirstSection = 15;

    internal static string Household(string schema) =>
        "select household_key, age_45_plus, income_50k_plus, single_couple_family, has_kids, single, couple, first_day, last_day, baskets, "
        + $"r_score, f_score, m_score, rfm_score, rfm_bin, {string.Join(", ", Sections.All)}, total_sales from {schema}.household_summary where household_key = $1";

    internal static string Product(string schema) =>
        "select product_id, department, section, commodity_desc, sub_commodity_desc, brand, manufacturer, curr_size_of_product, first_day, last_day, sales_value, units, lines, baskets, households, "
        + "repeat_households, repeat_rate, penetration, retail_discount, coupon_discount, coupon_match_discount, price_paid, base_price "
        + $"from {schema}.product_summary where product_id = $1";

    internal static string Campaign(string schema) =>
        "select campaign, description, first_day, last_day, duration, listed_products, sales_before, days_before, avg_before, sales_during, days_during, avg_during, "
        + $"sales_after, days_after, avg_after, sales_total, days_total, avg_total from {schema}.campaign_summary where campaign = $1";

    internal static string Days(string schema) => $"select day, sales_value, baskets, households, lines from {schema}.daily_sales where day >= $1 and day <= $2 order by day";

    internal static Household Household(NpgsqlDataReader row)
    {
        var sections = new OrderedDictionary<string, decimal>(Sections.All.Count, StringComparer.Ordinal);
        for (var index = 0; index < Sections.All.Count; index++)
        {
            sections.Add(Sections.All[index], row.GetDecimal(FirstSection + index));
        }

        return new Household(
            row.GetInt32(0),
            Optional<bool>(1),
            Optional<bool>(2),
            Optional<int>(3),
            Optional<bool>(4),
            Optional<bool>(5),
            Optional<bool>(6),
            row.GetInt32(7),
            row.GetInt32(8),
            row.GetInt32(9),
            row.GetInt32(10),
            row.GetInt32(11),
            row.GetInt32(12),
            row.GetInt32(13),
            row.GetInt32(14),
            sections,
            row.GetDecimal(FirstSection + Sections.All.Count));

        T? Optional<T>(int column)
            where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
    }

    internal static ProductSummary Product(NpgsqlDataReader row, DateOnly dayOne)
    {
        var (first, last) = (row.GetInt32(8), row.GetInt32(9));
        return new ProductSummary(
            row.GetInt32(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetInt32(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            first,
            dayOne.AddDays(first - 1),
            last,
            dayOne.AddDays(last - 1),
            row.GetDecimal(10),
            row.GetInt64(11),
            row.GetInt32(12),
            row.GetInt32(13),
            row.GetInt32(14),
            row.GetInt32(15),
            row.GetDecimal(16),
            row.GetDecimal(17),
            row.GetDecimal(18),
            row.GetDecimal(19),
            row.GetDecimal(20),
            row.GetDecimal(21),
            row.GetDecimal(22));
    }

    internal static Campaign Campaign(NpgsqlDataReader row, DateOnly dayOne)
    {
        var (first, last) = (row.GetInt32(2), row.GetInt32(3));
        return new Campaign(
            row.GetInt32(0), row.GetString(1), first, dayOne.AddDays(first - 1), last, dayOne.AddDays(last - 1), row.GetInt32(4), row.GetInt32(5), Period(6), Period(9), Period(12), Period(15));

        CampaignPeriod Period(int column) => new(row.GetDecimal(column), row.GetInt32(column + 1), row.IsDBNull(column + 2) ? null : row.GetDecimal(column + 2));
    }

    internal static DailySales Day(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetDecimal(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4));
}

/// <summary>A row of <c>daily_sales</c>, named as the table's columns are.</summary>
internal sealed record DailySales(
    [property: JsonPropertyName("day")] int Day,
    [property: JsonPropertyName("sales_value")] decimal SalesValue,
    [property: JsonPropertyName("baskets")] int Baskets,
    [property: JsonPropertyName("households")] int Households,
    [property: JsonPropertyName("lines")] int Lines);
