using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
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

/// <summary>Where a page ended: the last household's value in the order's column, and its key. Clients see it as an opaque text.</summary>
/// <param name="Sort">The order it belongs to; in another one it means nothing.</param>
/// <param name="Value">Of the order's column; the key itself when that is the order.</param>
/// <param name="HouseholdKey">Decides among equal values.</param>
internal sealed record HouseholdCursor(string Sort, decimal Value, int HouseholdKey)
{
    private const char Separator = '|';

    internal string Encode() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sort}{Separator}{Value}{Separator}{HouseholdKey}")));

    /// <summary>False when the text is not a cursor of the order.</summary>
    internal static bool TryDecode(string text, string sort, [NotNullWhen(true)] out HouseholdCursor? cursor)
    {
        cursor = null;
        if (text.Length > 128 || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        if (parts is [var order, var value, var key]
            && string.Equals(order, sort, StringComparison.Ordinal)
            && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(key, NumberStyles.Integer, CultureInfo.InvariantCulture, out var household))
        {
            cursor = new HouseholdCursor(order, number, household);
        }

        return cursor is not null;
    }
}
