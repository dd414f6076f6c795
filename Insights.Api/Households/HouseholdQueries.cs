using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>Reads <c>household_summary</c>.</summary>
internal sealed class HouseholdQueries(NpgsqlDataSource database)
{
    /// <summary>Null when the version has no such household.</summary>
    internal ValueTask<Household?> FindAsync(PublishedVersion version, int householdKey, CancellationToken cancellationToken) =>
        version.Households.GetAsync(householdKey, key => ReadAsync(version, key, cancellationToken));

    /// <summary>The page of households that follows <paramref name="after"/>, or the first one.</summary>
    internal async Task<Page<Household>> ListAsync(
        PublishedVersion version, HouseholdListRequest request, HouseholdSort sort, HouseholdCursor? after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.CommandText = ListSql(version, request, sort, after, command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var households = await reader.ListAsync(HouseholdColumns.Read, cancellationToken);
        if (households.Count <= request.PageSize)
        {
            return new Page<Household>(households, Next: null);
        }

        households.RemoveAt(request.PageSize);
        var last = households[^1];
        return new Page<Household>(households, new HouseholdCursor(sort.Name, sort.ValueOf(last), last.HouseholdKey).Encode());
    }

    internal static string FindSql(PublishedVersion version) =>
        $"select * from {version.Schema}.household_summary where household_key = $1";

    /// <summary>The statement of a page; its parameters are added to <paramref name="parameters"/>. It asks for one row more than the page has.</summary>
    internal static string ListSql(
        PublishedVersion version, HouseholdListRequest request, HouseholdSort sort, HouseholdCursor? after, NpgsqlParameterCollection parameters)
    {
        List<string> conditions = [];
        Add("rfm_bin = any({0})", request.RfmBin is { Length: > 0 } bins ? bins : null);
        Add("age_45_plus = {0}", request.Age45Plus);
        Add("income_50k_plus = {0}", request.Income50kPlus);
        Add("has_kids = {0}", request.HasKids);
        Add("single = {0}", request.Single);
        Add("couple = {0}", request.Couple);
        Add("single_couple_family = {0}", request.SingleCoupleFamily);
        if (after is not null)
        {
            conditions.Add(sort.After(after, Parameter));
        }

        var where = conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}";
        return $"select * from {version.Schema}.household_summary{where} order by {sort.OrderBy} limit {Parameter(request.PageSize + 1)}";

        void Add(string condition, object? value)
        {
            if (value is not null)
            {
                conditions.Add(string.Format(null, condition, Parameter(value)));
            }
        }

        string Parameter(object value)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
            return $"${parameters.Count}";
        }
    }

    private async Task<Household?> ReadAsync(PublishedVersion version, int householdKey, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql(version));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = householdKey });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? HouseholdColumns.Read(reader) : null;
    }
}

/// <summary>How a row of <c>household_summary</c> becomes a <see cref="Household"/>.</summary>
internal static class HouseholdColumns
{
    internal static Household Read(NpgsqlDataReader row) => new(
        row.Value<int>("household_key"),
        row.ValueOrNull<bool>("age_45_plus"),
        row.ValueOrNull<bool>("income_50k_plus"),
        row.ValueOrNull<int>("single_couple_family"),
        row.ValueOrNull<bool>("has_kids"),
        row.ValueOrNull<bool>("single"),
        row.ValueOrNull<bool>("couple"),
        row.Value<int>("first_day"),
        row.Value<int>("last_day"),
        row.Value<int>("baskets"),
        row.Value<int>("r_score"),
        row.Value<int>("f_score"),
        row.Value<int>("m_score"),
        row.Value<int>("rfm_score"),
        row.Value<int>("rfm_bin"),
        ReadSections(row),
        row.Value<decimal>("total_sales"));

    private static OrderedDictionary<string, decimal> ReadSections(NpgsqlDataReader row)
    {
        var sections = new OrderedDictionary<string, decimal>(Sections.All.Count, StringComparer.Ordinal);
        foreach (var section in Sections.All)
        {
            sections.Add(section, row.Value<decimal>(section));
        }

        return sections;
    }
}

/// <summary>Reads <c>daily_household_spend</c>.</summary>
internal sealed class DailySpendQueries(NpgsqlDataSource database)
{
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
        $"select * from {version.Schema}.daily_household_spend where household_key = $1 order by day";

    private static SpendDay ReadDay(PublishedVersion version, NpgsqlDataReader row)
    {
        var day = row.Value<int>("day");
        return new SpendDay(day, version.DateOf(day), [.. Sections.All.Select(section => row.Value<decimal>(section))], row.Value<decimal>("total_sales"));
    }
}
