using System.Text.Json;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Insights.Api.Tables;

namespace Dunnhumby.Insights.Api.Assistants;

/// <summary>How assistants name columns: as the table does or as requests over HTTP do, since they see both.</summary>
internal static class ColumnQuestion
{
    internal static ShapeColumn? Find(TableShape table, string name) => table.Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal)) ?? table.Find(name);

    /// <summary>An order as requests name it; what is not known stays as it is, to be refused.</summary>
    internal static string? Sort(TableShape table, string? sort)
    {
        var descending = sort?.StartsWith('-') is true;
        return sort is not null && Find(table, descending ? sort[1..] : sort) is { } column ? $"{(descending ? "-" : "")}{column.Parameter}" : sort;
    }

    /// <summary>Filters as requests have them: of each column texts. A value may be one or a list, a text, a number or a flag.</summary>
    internal static IEnumerable<KeyValuePair<string, IReadOnlyList<string?>>> Filters(TableShape table, IReadOnlyDictionary<string, JsonElement>? filters) =>
        (filters ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal)).Select(filter => KeyValuePair.Create<string, IReadOnlyList<string?>>(
            Find(table, filter.Key)?.Parameter ?? filter.Key,
            filter.Value.ValueKind is JsonValueKind.Array ? [.. filter.Value.EnumerateArray().Select(Text)] : [Text(filter.Value)]));

    /// <summary>The page with these columns only; with all when none is named.</summary>
    internal static PageOfRows Only(PageOfRows page, string[] columns)
    {
        if (columns.Length == 0)
        {
            return page;
        }

        return page with
        {
            Columns = [.. page.Columns.Where(column => columns.Contains(column.Name, StringComparer.Ordinal))],
            Rows = [.. page.Rows.Select(row => new JsonObject(row.Where(cell => columns.Contains(cell.Key, StringComparer.Ordinal)).Select(cell => KeyValuePair.Create(cell.Key, cell.Value?.DeepClone()))))],
        };
    }

    private static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
}
