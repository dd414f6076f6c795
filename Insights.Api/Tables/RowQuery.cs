using System.Text.Json;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Which rows of a table are asked for, and the statements that read them.</summary>
/// <param name="Table">The table.</param>
/// <param name="Filters">All have to hold.</param>
/// <param name="From">The earliest time; null for any.</param>
/// <param name="To">The latest time; null for any.</param>
/// <param name="Order">The order of the rows.</param>
/// <param name="After">Where the page before ended; null for the first one.</param>
/// <param name="Limit">How many rows at most.</param>
internal sealed record RowQuery(TableShape Table, IReadOnlyList<RowFilter> Filters, int? From, int? To, TableOrder Order, TableCursor? After, int Limit)
{
    /// <summary>Which rows are left, as a text by which their totals are remembered.</summary>
    internal string Remainder => JsonSerializer.Serialize(
        new object?[] { Table.Name, From, To, Filters.Select(filter => new object[] { filter.Column.Name, filter.Values }) });

    /// <summary>The statement of the page; its parameters are added. It asks for one row more than the page has.</summary>
    internal string PageSql(string schema, NpgsqlParameterCollection parameters) => $"{Select(Table.Columns, schema, parameters)} limit {Limit + 1}";

    /// <summary>The statement of the page without that row.</summary>
    internal string RowsSql(string schema, NpgsqlParameterCollection parameters) => $"{Select(Table.Columns, schema, parameters)} limit {Limit}";

    /// <summary>The statement of all rows, on whatever page.</summary>
    internal string AllSql(string schema, NpgsqlParameterCollection parameters) => Select(Table.Columns, schema, parameters);

    /// <summary>The statement of the page's last place and, if there is a next page, a second row.</summary>
    internal string LastSql(string schema, NpgsqlParameterCollection parameters) => $"{Select(Order.Columns, schema, parameters)} limit 2 offset {Limit - 1}";

    /// <summary>The statement of the number of rows and of the sums of the columns that add up.</summary>
    internal string TotalsSql(string schema, NpgsqlParameterCollection parameters) =>
        $"select count(*){string.Concat(Additive.Select(column => $", sum({column.Quoted})::numeric"))} from {schema}.{Table.QuotedName}{Where(parameters, after: null)}";

    internal IEnumerable<ShapeColumn> Additive => Table.Columns.Where(column => column.About is { IsAdditive: true });

    private string Select(IEnumerable<ShapeColumn> columns, string schema, NpgsqlParameterCollection parameters) =>
        $"select {string.Join(", ", columns.Select(column => column.Quoted))} from {schema}.{Table.QuotedName}{Where(parameters, After)} order by {Order.OrderBy}";

    private string Where(NpgsqlParameterCollection parameters, TableCursor? after)
    {
        List<string> conditions = [.. Filters.Select(filter => $"{filter.Column.Quoted} = any({Add(filter.Parameter)})")];
        if (Table.Time is { } time)
        {
            if (From is { } from)
            {
                conditions.Add($"{time.Quoted} >= {Add(new NpgsqlParameter<int> { TypedValue = from })}");
            }

            if (To is { } to)
            {
                conditions.Add($"{time.Quoted} <= {Add(new NpgsqlParameter<int> { TypedValue = to })}");
            }
        }

        if (after is not null)
        {
            conditions.Add(Order.Follows(after, (_, value) => Add(new NpgsqlParameter { Value = value })));
        }

        return conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}";

        string Add(NpgsqlParameter parameter)
        {
            parameters.Add(parameter);
            return $"${parameters.Count}";
        }
    }
}

/// <summary>What a request for rows comes to: the query, or what is wrong with it.</summary>
/// <param name="Query">Null when something is wrong.</param>
/// <param name="Unknown">Parameters that the table does not have.</param>
/// <param name="Errors">Parameters whose values cannot be used, each with what is wrong and what it takes.</param>
internal sealed record RowQueryReading(RowQuery? Query, IReadOnlyList<string> Unknown, IReadOnlyDictionary<string, string[]> Errors)
{
    private const int MostNamed = 60;

    /// <summary>Reads a request for rows of a table with a key.</summary>
    /// <param name="table">The table.</param>
    /// <param name="request">All but the filters.</param>
    /// <param name="filters">The values of each column, by the names that clients use.</param>
    internal static RowQueryReading Read(TableShape table, RowsRequest request, IEnumerable<KeyValuePair<string, IReadOnlyList<string?>>> filters)
    {
        List<string> unknown = [];
        Dictionary<string, string[]> errors = new(StringComparer.Ordinal);
        List<RowFilter> read = [];
        foreach (var (name, texts) in filters)
        {
            if (table.Find(name) is not { } column)
            {
                unknown.Add(name);
                continue;
            }

            object?[] values = [.. texts.Select(text => CellText.Read(column, text))];
            if (Array.IndexOf(values, null) is >= 0 and var at)
            {
                errors[name] = [$"'{texts[at]}' does not fit: {column.Parameter} takes {CellText.Expected(column)}."];
            }
            else
            {
                read.Add(new RowFilter(column, [.. values.OfType<object>()]));
            }
        }

        if (table.Time is null)
        {
            unknown.AddRange(new[] { ("from", request.From), ("to", request.To) }.Where(given => given.Item2 is not null).Select(given => given.Item1));
        }
        else if (request.To < request.From)
        {
            errors["to"] = [$"to takes the same {table.Time.Parameter} as from or a later one."];
        }

        var order = TableOrder.Of(table, request.Sort);
        if (order is null)
        {
            errors["sort"] = [$"sort takes {Named(table)}, with a minus sign before it for descending."];
        }

        var after = request.After is { } text && order is not null ? TableCursor.Decode(text, table, order) : null;
        if (request.After is not null && order is not null && after is null)
        {
            errors["after"] = ["after takes the next of a page of this table that was read with the same sort; leave it out for the first page."];
        }

        return unknown.Count > 0 || errors.Count > 0 || order is null
            ? new RowQueryReading(Query: null, unknown, errors)
            : new RowQueryReading(new RowQuery(table, read, request.From, request.To, order, after, request.PageSize), [], errors);
    }

    /// <summary>The parameters that requests for rows of a table take, besides those of every table.</summary>
    internal static IEnumerable<string> Parameters(TableShape table) => table.Time is null ? table.Columns.Select(column => column.Parameter) : ["from", "to", .. table.Columns.Select(column => column.Parameter)];

    private static string Named(TableShape table) => string.Join(", ", table.Columns.Take(MostNamed).Select(column => column.Parameter));
}
