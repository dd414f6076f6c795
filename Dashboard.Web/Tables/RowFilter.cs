using Dunnhumby.Contracts.Tables;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunnhumby.Dashboard.Web.Tables;

/// <summary>Which rows of a table a page shows, in which order and from where. The page's address holds all of it.</summary>
/// <param name="Values">Of each column that is filtered by the values that it may have, by the column's parameter.</param>
/// <param name="From">The earliest DAY, WEEK_NO or quarter.</param>
/// <param name="To">The latest one.</param>
/// <param name="Sort">A column's parameter, with <c>-</c> before it for descending order; null for the order of the key.</param>
/// <param name="After">The cursor that the page before gave; null on the first page.</param>
/// <param name="Trail">The cursors of the pages before this one, the latest last; <see cref="FirstPage"/> stands for the first page.</param>
public sealed record RowFilter(IReadOnlyDictionary<string, string[]> Values, string? From, string? To, string? Sort, string? After, IReadOnlyList<string> Trail)
{
    internal const int PageSize = 50;

    private const string FirstPage = "0";
    private const char Between = '.';

    /// <summary>An address keeps the way back of so many pages.</summary>
    private const int LongestTrail = 12;

    internal bool IsFiltered => Values.Count > 0 || From is not null || To is not null;

    /// <summary>The page before this one; null when there is none, or the way back is not known any more.</summary>
    internal RowFilter? Before => Trail.Count == 0 ? null : this with { After = Trail[^1] is FirstPage ? null : Trail[^1], Trail = [.. Trail.SkipLast(1)] };

    /// <summary>Reads the parts of an address.</summary>
    internal static RowFilter Read(string? filter, string? from, string? to, string? sort, string? after, string? trail) => new(
        QueryHelpers.ParseQuery(filter ?? "").Where(column => column.Key.Length > 0)
            .ToDictionary(column => column.Key, column => column.Value.Select(value => value ?? "").ToArray(), StringComparer.OrdinalIgnoreCase),
        Given(from),
        Given(to),
        Given(sort),
        Given(after),
        (trail ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The page after this one.</summary>
    internal RowFilter Following(string next) => this with { After = next, Trail = [.. Trail.Append(After ?? FirstPage).TakeLast(LongestTrail)] };

    /// <summary>The first page in another order.</summary>
    internal RowFilter SortedBy(string sort) => this with { Sort = sort, After = null, Trail = [] };

    /// <summary>The first page of the rows that have this value in a column; of any when it is empty.</summary>
    internal RowFilter With(string parameter, string? value)
    {
        Dictionary<string, string[]> values = new(Values, StringComparer.OrdinalIgnoreCase);
        values.Remove(parameter);
        if (!string.IsNullOrEmpty(value))
        {
            values[parameter] = [value];
        }

        return this with { Values = values, After = null, Trail = [] };
    }

    /// <summary>The first page of all rows, in the same order.</summary>
    internal RowFilter Cleared() => Read(filter: null, from: null, to: null, Sort, after: null, trail: null);

    /// <summary>As the query of this site's own page; empty when nothing is asked for.</summary>
    internal string ToPageQuery() => Query([.. Shared(), ("after", After), ("trail", string.Join(Between, Trail))]);

    /// <summary>As the query of the download: all pages.</summary>
    internal string ToDownloadQuery(string format) => Query([("format", format), .. Shared()]);

    /// <summary>As the query of the service's pages.</summary>
    internal string ToQuery() => Query([.. Columns(), ("sort", Sort), ("after", After), ("limit", $"{PageSize}")]);

    /// <summary>As the query of the service's whole table.</summary>
    internal string ToWholeQuery(string format) => Query([.. Columns(), ("sort", Sort), ("format", format)]);

    /// <summary>What the address calls the columns of a table whose time the page can narrow.</summary>
    internal static PagedColumn? TimeOf(PageOfRows page) => page.Columns.FirstOrDefault(column => column is { IsKey: true, Name: "day" or "week_no" or "quarters_ago" });

    private IEnumerable<(string Name, string? Value)> Shared() =>
    [
        ("filter", Query(Values.SelectMany(column => column.Value.Select(value => (column.Key, (string?)value)))).TrimStart('?')), ("from", From), ("to", To), ("sort", Sort),
    ];

    private IEnumerable<(string Name, string? Value)> Columns() =>
        [.. Values.SelectMany(column => column.Value.Select(value => (column.Key, (string?)value))), ("from", From), ("to", To)];

    private static string Query(IEnumerable<(string Name, string? Value)> pairs) =>
        QueryString.Create(pairs.Where(pair => pair.Value is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).ToUriComponent();

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
