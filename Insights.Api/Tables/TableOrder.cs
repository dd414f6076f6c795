using Dunnhumby.Insights.Api.Forms;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>An order of a table's rows. The key comes after the column that is sorted by, in the same direction, so that every order is total and paging meets ties without gap or repeat.</summary>
/// <param name="Name">As in the query, with <c>-</c> for descending; empty for the key's own order.</param>
/// <param name="Columns">By precedence. Only the first may have nulls, which come last in both directions.</param>
/// <param name="Descending">All of them descend.</param>
internal sealed record TableOrder(string Name, IReadOnlyList<ShapeColumn> Columns, bool Descending)
{
    /// <summary>Null when the table has no such column.</summary>
    internal static TableOrder? Of(TableShape table, string? sort)
    {
        if (sort is null)
        {
            // Without a key every column together orders just as firmly.
            return new TableOrder("", table.Key.Count > 0 ? table.Key : table.Columns, Descending: false);
        }

        var descending = sort.StartsWith('-');
        return table.Find(descending ? sort[1..] : sort) is { } first
            ? new TableOrder(descending ? $"-{first.Parameter}" : first.Parameter, [first, .. table.Key.Where(column => column != first)], descending)
            : null;
    }

    /// <summary>For <c>order by</c>. Of the key's columns nothing is said about nulls, so that its index is read backwards for descending.</summary>
    internal string OrderBy => string.Join(", ", Columns.Select(column => $"{column.Quoted}{(Descending ? " desc" : "")}{(column.IsKey ? "" : " nulls last")}"));

    /// <summary>The condition for what follows a place. <paramref name="parameter"/> takes a value and gives its place in the statement.</summary>
    internal string Follows(TableCursor place, Func<ShapeColumn, object, string> parameter)
    {
        var follows = Descending ? '<' : '>';
        if (Columns[0].IsKey)
        {
            return Row(skip: 0);
        }

        var first = Columns[0].Quoted;
        if (place.Values[0] is not { } value)
        {
            return $"{first} is null and {Row(skip: 1)}";
        }

        var at = parameter(Columns[0], value);
        return $"({first} {follows} {at} or {first} is null or ({first} = {at} and {Row(skip: 1)}))";

        // Not null: only the first column's value may be.
        string Row(int skip) =>
            $"({string.Join(", ", Columns.Skip(skip).Select(column => column.Quoted))}) {follows} ({string.Join(", ", Columns.Zip(place.Values).Skip(skip).Select(pair => parameter(pair.First, pair.Second!)))})";
    }
}

/// <summary>What a column of a row has to be.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">Any of them.</param>
internal sealed record RowFilter(ShapeColumn Column, IReadOnlyList<object> Values)
{
    /// <summary>As one parameter of the statement.</summary>
    internal NpgsqlParameter Parameter => Column.Kind switch
    {
        CellKind.Integer when Column.IsLong => new NpgsqlParameter<long[]> { TypedValue = [.. Values.Cast<long>()] },
        CellKind.Integer => new NpgsqlParameter<int[]> { TypedValue = [.. Values.Cast<int>()] },
        CellKind.Decimal => new NpgsqlParameter<decimal[]> { TypedValue = [.. Values.Cast<decimal>()] },
        CellKind.Flag => new NpgsqlParameter<bool[]> { TypedValue = [.. Values.Cast<bool>()] },
        _ => new NpgsqlParameter<string[]> { TypedValue = [.. Values.Cast<string>()] },
    };
}
