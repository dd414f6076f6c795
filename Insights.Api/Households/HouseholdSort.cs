using Dunnhumby.Contracts.Households;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>An order of the household list. The household key comes second, so that every order is total and paging meets ties without gap or repeat.</summary>
/// <param name="Name">As in the query, with <c>-</c> for descending.</param>
/// <param name="Column">The column of <c>household_summary</c>.</param>
/// <param name="Descending">Both the column and the key descend.</param>
internal sealed record HouseholdSort(string Name, string Column, bool Descending)
{
    internal const string Default = "householdKey";
    internal const string KeyColumn = "household_key";

    private const string MoneyColumn = "total_sales";

    private static readonly Dictionary<string, HouseholdSort> All = new HouseholdSort[]
    {
        new(Default, KeyColumn, Descending: false),
        new("totalSales", MoneyColumn, Descending: false),
        new("rfmScore", "rfm_score", Descending: false),
        new("baskets", "baskets", Descending: false),
        new("lastDay", "last_day", Descending: false),
    }
    .SelectMany(IEnumerable<HouseholdSort> (ascending) => [ascending, ascending with { Name = $"-{ascending.Name}", Descending = true }])
    .ToDictionary(sort => sort.Name, StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no such order: the request was not validated.</exception>
    internal static HouseholdSort Of(string? name) => All[name ?? Default];

    /// <summary>For <c>order by</c>.</summary>
    internal string OrderBy => (Column is KeyColumn, Descending) switch
    {
        (true, false) => KeyColumn,
        (true, true) => $"{KeyColumn} desc",
        (false, false) => $"{Column}, {KeyColumn}",
        (false, true) => $"{Column} desc, {KeyColumn} desc",
    };

    /// <summary>The condition for what follows the cursor's row. <paramref name="parameter"/> takes a value and gives its place in the statement.</summary>
    internal string After(HouseholdCursor cursor, Func<object, string> parameter)
    {
        var follows = Descending ? '<' : '>';
        return Column is KeyColumn
            ? $"{KeyColumn} {follows} {parameter(cursor.HouseholdKey)}"
            : $"({Column}, {KeyColumn}) {follows} ({parameter(Column is MoneyColumn ? cursor.Value : (int)cursor.Value)}, {parameter(cursor.HouseholdKey)})";
    }

    /// <summary>Whether a household could have the value: all columns but money are integers.</summary>
    internal bool CanHave(decimal value) => Column is MoneyColumn || (value is >= int.MinValue and <= int.MaxValue && decimal.IsInteger(value));

    /// <summary>What a household has in the column.</summary>
    internal decimal ValueOf(Household household) => Column switch
    {
        MoneyColumn => household.TotalSales,
        "rfm_score" => household.RfmScore,
        "baskets" => household.Baskets,
        "last_day" => household.LastDay,
        _ => household.HouseholdKey,
    };
}
