namespace Dunnhumby.Insights.Api.Rows;

/// <summary>An order of rows. The key comes last in it, so that every order is total and paging meets ties without gap or repeat.</summary>
/// <param name="Name">As in the query, with <c>-</c> for descending; empty for the order of the key.</param>
/// <param name="Members">What the rows are in the order of: all ascend, or all descend, so that one index serves both.</param>
/// <param name="Descending">Whether they descend.</param>
internal sealed record RowOrder(string Name, IReadOnlyList<RowMember> Members, bool Descending)
{
    /// <summary>Only what comes first may be null: the others are the key. Rows without a value come last in both directions.</summary>
    private bool FirstIsNullable => Members[0].IsNullable;

    /// <summary>The order of a request.</summary>
    /// <param name="shape">The rows.</param>
    /// <param name="key">The columns of the table's key.</param>
    /// <param name="sort">As in the query; null for the order of the key.</param>
    internal static RowOrder Of<TRow>(RowShape<TRow> shape, IReadOnlyList<string> key, string? sort)
    {
        var descending = sort is ['-', ..];
        IEnumerable<RowMember> members = key.Select(column => shape.Members.First(member => string.Equals(member.Column, column, StringComparison.Ordinal) && !member.IsDate));
        if (sort is not null)
        {
            members = members.Prepend(shape.Member(sort.TrimStart('-'))).Distinct();
        }

        return new RowOrder(sort ?? "", [.. members], descending);
    }

    /// <summary>For <c>order by</c>.</summary>
    internal string OrderBy => string.Join(", ", Members.Select(member => Descending ? $"{member.Column} desc{(member.IsNullable ? " nulls last" : "")}" : member.Column));

    /// <summary>The condition for what follows the cursor's row. <paramref name="parameter"/> takes a value and gives its place in the statement.</summary>
    internal string After(RowCursor cursor, Func<object, string> parameter)
    {
        var rest = Members.Skip(1).ToList();
        if (cursor.Values[0] is not { } first)
        {
            return $"({Members[0].Column} is null and {Follows(rest, cursor.Values.Skip(1))})";
        }

        var follows = Follows(Members, cursor.Values);
        return FirstIsNullable ? $"({follows} or {Members[0].Column} is null)" : follows;

        string Follows(IReadOnlyList<RowMember> members, IEnumerable<object?> values) =>
            $"({string.Join(", ", members.Select(member => member.Column))}) {(Descending ? '<' : '>')} ({string.Join(", ", values.Select(value => parameter(value!)))})";
    }
}
