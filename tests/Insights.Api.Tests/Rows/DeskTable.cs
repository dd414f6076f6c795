using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Rows;

/// <summary>The rows of a table as <c>GET /tables/{name}</c> gives them, in the order of its key: what typed endpoints are compared with.</summary>
internal sealed class DeskTable(IReadOnlyList<JsonObject> rows)
{
    internal IReadOnlyList<JsonObject> Rows => rows;

    internal static async Task<DeskTable> ReadAsync(HttpClient client, string name)
    {
        var rows = (await client.JsonAsync($"/tables/{name}")).AsArray();
        rows.Count.ShouldBeGreaterThan(4, name);
        return new DeskTable([.. rows.Select(row => row.ShouldNotBeNull().AsObject())]);
    }

    /// <summary>The rows in an order of the API: by a member, with a minus sign before it for descending; rows without a value last, ties by the key.</summary>
    internal DeskTable InOrder(string sort)
    {
        var column = JsonNamingPolicy.SnakeCaseLower.ConvertName(sort.TrimStart('-'));
        var comparer = Comparer<JsonNode?>.Create(Compare);
        return new DeskTable([.. sort is ['-', ..]
            ? rows.Reverse().OrderBy(row => row[column] is null).ThenByDescending(row => row[column], comparer)
            : rows.OrderBy(row => row[column] is null).ThenBy(row => row[column], comparer)]);
    }

    internal DeskTable Where(Func<JsonObject, bool> keeps) => new([.. rows.Where(keeps)]);

    /// <summary>Rows as the typed endpoint gives them, but for dates.</summary>
    internal string[] AsTyped() => [.. rows.Select(row => string.Join(' ', row.Select(cell => $"{JsonNamingPolicy.CamelCase.ConvertName(Pascal(cell.Key))}={cell.Value?.ToJsonString()}").Order(StringComparer.Ordinal)))];

    internal static string[] Typed(JsonNode page) => [.. page["items"].ShouldNotBeNull().AsArray().Select(row => TypedRow(row.ShouldNotBeNull()))];

    /// <summary>A typed row but for its dates, which are checked to be those of its DAYs.</summary>
    internal static string TypedRow(JsonNode row)
    {
        foreach (var (name, date) in row.AsObject().Where(member => member.Key.EndsWith("ate", StringComparison.Ordinal) && member.Value?.GetValueKind() is JsonValueKind.String))
        {
            var day = (int)row[name.Replace("Date", "Day", StringComparison.Ordinal).Replace("date", "day", StringComparison.Ordinal)].ShouldNotBeNull(name);
            date.ShouldNotBeNull().ToString().ShouldBe(new DateOnly(2004, 3, 23).AddDays(day - 1).ToString("O", CultureInfo.InvariantCulture));
        }

        return string.Join(' ', row.AsObject().Where(member => !IsDate(member.Key, member.Value)).Select(member => $"{member.Key}={member.Value?.ToJsonString()}").Order(StringComparer.Ordinal));
    }

    internal decimal Sum(string member) => rows.Sum(row => (decimal?)row[JsonNamingPolicy.SnakeCaseLower.ConvertName(member)] ?? 0);

    private static bool IsDate(string name, JsonNode? value) => (name is "date" || name.EndsWith("Date", StringComparison.Ordinal)) && value?.GetValueKind() is JsonValueKind.String;

    private static string Pascal(string column) => string.Concat(column.Split('_').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"));

    private static int Compare(JsonNode? one, JsonNode? other) => one?.GetValueKind() is JsonValueKind.Number && other is not null
        ? ((decimal)one).CompareTo((decimal)other)
        : string.CompareOrdinal(one?.ToString(), other?.ToString());
}
