using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>Reads <c>daily_household_spend</c>.</summary>
internal sealed class DailySpendQueries(NpgsqlDataSource database)
{
    private const int FirstSection = 1;

    private static readonly string Columns = $"day, {string.Join(", ", Sections.All)}, total_sales";

    /// <summary>Null when the version has no such household.</summary>
    internal async Task<DailySpend?> FindAsync(PublishedVersion version, int householdKey, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql(version));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = householdKey });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var days = await reader.ListAsync(row => ReadDay(version, row), cancellationToken);
        // A household is one because it has cleaned lines, and each of them falls on a day: without days there is no household.
        return days.Count == 0 ? null : new DailySpend(householdKey, Sections.All, days);
    }

    internal static string FindSql(PublishedVersion version) =>
        $"select {Columns} from {version.Schema}.daily_household_spend where household_key = $1 order by day";

    private static SpendDay ReadDay(PublishedVersion version, NpgsqlDataReader row)
    {
        var day = row.GetInt32(0);
        var amounts = new decimal[Sections.All.Count];
        for (var index = 0; index < amounts.Length; index++)
        {
            amounts[index] = row.GetDecimal(FirstSection + index);
        }

        return new SpendDay(day, version.DateOf(day), amounts, row.GetDecimal(FirstSection + amounts.Length));
    }
}
