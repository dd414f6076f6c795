using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Npgsql;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>The columns of <c>household_summary</c> that make a <see cref="Household"/>, and how a row becomes one.</summary>
internal static class HouseholdColumns
{
    private const int FirstSection = 15;

    /// <summary>The list to select, in the order that <see cref="Read"/> expects.</summary>
    internal static readonly string List =
        "household_key, age_45_plus, income_50k_plus, single_couple_family, has_kids, single, couple, first_day, last_day, baskets, "
        + "r_score, f_score, m_score, rfm_score, rfm_bin, " + string.Join(", ", Sections.All) + ", total_sales";

    internal static Household Read(NpgsqlDataReader row) => new(
        row.GetInt32(0),
        row.ValueOrNull<bool>(1),
        row.ValueOrNull<bool>(2),
        row.ValueOrNull<int>(3),
        row.ValueOrNull<bool>(4),
        row.ValueOrNull<bool>(5),
        row.ValueOrNull<bool>(6),
        row.GetInt32(7),
        row.GetInt32(8),
        row.GetInt32(9),
        row.GetInt32(10),
        row.GetInt32(11),
        row.GetInt32(12),
        row.GetInt32(13),
        row.GetInt32(14),
        ReadSections(row),
        row.GetDecimal(FirstSection + Sections.All.Count));

    private static OrderedDictionary<string, decimal> ReadSections(NpgsqlDataReader row)
    {
        var sections = new OrderedDictionary<string, decimal>(Sections.All.Count, StringComparer.Ordinal);
        for (var index = 0; index < Sections.All.Count; index++)
        {
            sections.Add(Sections.All[index], row.GetDecimal(FirstSection + index));
        }

        return sections;
    }
}
