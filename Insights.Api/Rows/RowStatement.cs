using System.Globalization;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>Statements over one published table, with the conditions of a request. Names come from declarations, values are parameters.</summary>
internal sealed class RowStatement<TRequest>(PublishedVersion version, RowSource<TRequest> source, IEnumerable<(FilterAttribute Filter, object Value)> filters)
{
    private readonly List<(FilterAttribute Filter, object Value)> _filters = [.. filters];

    /// <summary>Tells requests apart that keep the same rows.</summary>
    internal string Name => $"{source.Table}?{string.Join('&', _filters.Select(filter => $"{string.Join(',', filter.Filter.Columns)} {filter.Filter.Keeps} {Text(filter.Value)}"))}";

    /// <summary>The rows that follow the cursor, or the first ones: one more than the page has.</summary>
    internal NpgsqlBatchCommand Page(IEnumerable<string> columns, RowOrder order, RowCursor? after, int pageSize)
    {
        var command = new NpgsqlBatchCommand();
        var conditions = Conditions(command).ToList();
        if (after is not null)
        {
            conditions.Add(order.After(after, value => Parameter(command, value)));
        }

        command.CommandText = $"select {string.Join(", ", columns)} from {From(conditions)} order by {order.OrderBy} limit {Parameter(command, pageSize + 1)}";
        return command;
    }

    /// <summary>What the rows add up to: of <c>rows</c> their number, and of each other member the sum of its column, or null if they do not add up.</summary>
    internal NpgsqlBatchCommand Totals(IEnumerable<RowMember> members, bool addUp)
    {
        var command = new NpgsqlBatchCommand();
        var sums = members.Select(member => member.Column is "rows" ? "count(*)"
            : $"{(addUp ? $"coalesce(sum({member.Column}), 0)" : "null")}::{(member.Type == typeof(decimal) ? "numeric" : "bigint")}");
        command.CommandText = $"select {string.Join(", ", sums)} from {From(Conditions(command))}";
        return command;
    }

    /// <summary>Whether there are any.</summary>
    internal NpgsqlBatchCommand Any()
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = $"select exists (select from {From(Conditions(command))})";
        return command;
    }

    private string From(IEnumerable<string> conditions)
    {
        var where = string.Join(" and ", conditions);
        return $"{version.Schema}.{source.Table}{(where.Length == 0 ? "" : $" where {where}")}";
    }

    private IEnumerable<string> Conditions(NpgsqlBatchCommand command)
    {
        foreach (var (filter, value) in _filters)
        {
            var parameter = Parameter(command, value is string[] and [var only] ? only : value);
            var compared = (filter.Keeps, value) switch
            {
                (Keeps.AtLeast, _) => $">= {parameter}",
                (Keeps.AtMost, _) => $"<= {parameter}",
                // One text alone is read in the order of an index on it.
                (_, string[] { Length: > 1 }) => $"= any({parameter})",
                _ => $"= {parameter}",
            };
            var either = filter.Columns.Select(column => $"{column} {compared}").ToList();
            yield return either.Count == 1 ? either[0] : $"({string.Join(" or ", either)})";
        }
    }

    private static string Text(object value) =>
        string.Join('|', (value as IEnumerable<object> ?? [value]).Select(one => Uri.EscapeDataString(Convert.ToString(one, CultureInfo.InvariantCulture) ?? "")));

    private static string Parameter(NpgsqlBatchCommand command, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $"${command.Parameters.Count}";
    }
}
