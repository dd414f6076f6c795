using System.Text.Json;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>Finds what an expression is made of.</summary>
/// <param name="aggregates">The names of the aggregate functions.</param>
internal sealed class ExpressionLineage(IReadOnlySet<string> aggregates)
{
    /// <summary>The name of a column whose name is not known.</summary>
    internal const string Unknown = "?";

    /// <summary>What <c>getvariable</c> reads, as if it were a table.</summary>
    internal const string Settings = "settings";

    /// <summary>The columns that an item of a select list makes: a star makes many.</summary>
    internal IReadOnlyList<RelationColumn> Items(JsonElement item, RowScope row)
    {
        if (item.Text("class") is "STAR")
        {
            return Star(item, row);
        }

        return Unnested(item) is { Count: > 0 } fields
            ? [.. fields.Select(field => new RelationColumn("", field.Key, Of(field, row, []).Through(Use.Computed)))]
            : [new RelationColumn("", item.ShownName(), Of(item, row))];
    }

    /// <summary>What an expression, or several, are made of; nothing when there is none.</summary>
    internal Origins Of(JsonElement expression, RowScope row) => Of(expression, row, []);

    /// <summary>Whether an expression has an aggregate of its own query in it.</summary>
    internal bool Aggregates(JsonElement expression) => expression.ValueKind switch
    {
        JsonValueKind.Array => expression.EnumerateArray().Any(Aggregates),
        JsonValueKind.Object when expression.Text("class") is "SUBQUERY" => false,
        JsonValueKind.Object => IsAggregate(expression) || expression.EnumerateObject().Any(part => Aggregates(part.Value)),
        _ => false,
    };

    private bool IsAggregate(JsonElement expression) => expression.Text("class") is "FUNCTION" && aggregates.Contains(expression.Text("function_name"));

    private Origins Of(IEnumerable<JsonElement> parts, RowScope row, string[] parameters) => Origins.All(parts.Select(part => Of(part, row, parameters)));

    private Origins Of(JsonElement expression, RowScope row, string[] parameters)
    {
        if (expression.ValueKind is JsonValueKind.Array)
        {
            return Of(expression.EnumerateArray(), row, parameters);
        }

        if (expression.ValueKind is not JsonValueKind.Object)
        {
            return Origins.None;
        }

        switch (expression.Text("class"))
        {
            case "COLUMN_REF":
                return Column(expression.Texts("column_names"), row, parameters);
            case "CONSTANT":
                return Origins.None;
            case "POSITIONAL_REFERENCE":
                var index = expression.GetProperty("index").GetInt32() - 1;
                return row.From.Shown.ElementAtOrDefault(index)?.From ?? Origins.Unknown;
            case "STAR":
                // The columns that a pattern selects within an expression: some of these.
                return Origins.All(row.From.Shown.Select(column => column.From)).Through(Use.Computed).Inexact();
            case "SUBQUERY":
                return Subquery(expression, row, parameters);
            case "LAMBDA":
                return Of(expression.Node("expr"), row, [.. parameters, .. Parameters(expression.Node("lhs"))]);
            case "WINDOW":
                return OfRows(Parts(expression, row, parameters), row);
            case "FUNCTION" when expression.Text("function_name") is "getvariable":
                return Origins.Of(new Origin(Settings, expression.Nodes("children").First().Constant()), Use.Computed);
            case "FUNCTION" when IsAggregate(expression):
                var parts = Parts(expression, row, parameters);
                // It counts rows, whatever its filter looks at.
                return OfRows(Of(expression.Nodes("children"), row, parameters).Uses.IsEmpty ? parts.And(Origins.Of(row.From.Rows, Use.Aggregated)) : parts, row);
            default:
                return Parts(expression, row, parameters).Through(Use.Computed);
        }
    }

    private Origins Parts(JsonElement expression, RowScope row, string[] parameters) => Of(expression.EnumerateObject().Select(part => part.Value), row, parameters);

    /// <summary>Of an aggregate or a window: without any column it depends on the rows themselves.</summary>
    private static Origins OfRows(Origins parts, RowScope row) => (parts.IsConstant ? Origins.Of(row.From.Rows, Use.Aggregated) : parts).Through(Use.Aggregated);

    private Origins Subquery(JsonElement expression, RowScope row, string[] parameters)
    {
        var found = row.Query.Read(expression.Node("subquery").Node("node"), row.Query with { Outer = row });
        var compared = Of(expression.Node("child"), row, parameters);
        if (expression.Text("subquery_type") is "EXISTS" or "NOT_EXISTS")
        {
            return Origins.Of(found.Existence, Use.Computed);
        }

        row.Deciders.UnionWith(found.Deciders);
        var values = Origins.All(found.Shown.Select(column => column.From)).And(compared).Through(Use.Computed);
        return found.IsOpen ? values.Inexact() : values;
    }

    /// <summary>What a name means: a parameter, a column, a field of one, a name given before, a whole row; or any of these in the query around.</summary>
    private static Origins Column(IReadOnlyList<string> names, RowScope row, string[] parameters)
    {
        if (parameters.Contains(names[0], StringComparer.OrdinalIgnoreCase))
        {
            // The list that it is an element of is another argument of the same function.
            return Origins.None;
        }

        for (var scope = row; scope is not null; scope = scope.Query.Outer)
        {
            if (Find(names, scope) is { } found)
            {
                return found;
            }
        }

        return Origins.Unknown;
    }

    private static Origins? Find(IReadOnlyList<string> names, RowScope row)
    {
        var columns = row.From.Columns;
        // With a schema in front, the table is the second name.
        for (var table = 0; table < Math.Min(2, names.Count - 1); table++)
        {
            if (columns.Find(column => column.IsOf(names[table]) && column.Is(names[table + 1])) is { } full)
            {
                return names.Count > table + 2 ? full.From.Through(Use.Computed) : full.From;
            }
        }

        var shown = row.From.Shown.Where(column => column.Is(names[0])).ToList();
        if (shown.Count > 0)
        {
            var from = Origins.All(shown.Select(column => column.From));
            return names.Count > 1 ? from.Through(Use.Computed) : from;
        }

        if (row.From.IsOpen)
        {
            return Origins.Unknown;
        }

        if (row.Aliases.TryGetValue(names[0], out var alias))
        {
            return names.Count > 1 ? alias.Through(Use.Computed) : alias;
        }

        var whole = columns.Where(column => column.IsOf(names[0])).ToList();
        return names.Count == 1 && whole.Count > 0 ? Origins.All(whole.Select(column => column.From)).Through(Use.Computed) : null;
    }

    private RelationColumn[] Star(JsonElement star, RowScope row)
    {
        if (star.Flag("columns"))
        {
            return [new RelationColumn("", Unknown, Of(star, row))];
        }

        var table = star.Text("relation_name");
        var left = star.Texts("exclude_list").Concat(star.Nodes("qualified_exclude_list").Select(column => column.Text("column"))).ToList();
        var replaced = star.Nodes("replace_list").ToDictionary(item => item.Text("key"), item => Of(item.Node("value"), row), StringComparer.OrdinalIgnoreCase);
        var renamed = star.Nodes("rename_list").ToDictionary(item => item.Node("key").Text("column"), item => item.Text("value"), StringComparer.OrdinalIgnoreCase);
        var columns = (table.Length > 0 ? row.From.Columns.Where(column => column.IsOf(table)) : row.From.Shown)
            .Where(column => !left.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
            .Select(column => new RelationColumn("", renamed.GetValueOrDefault(column.Name, column.Name), replaced.GetValueOrDefault(column.Name, column.From)));
        return row.From.IsOpen ? [.. columns, new RelationColumn("", Unknown, Origins.Unknown)] : [.. columns];
    }

    /// <summary>Of a list of structs that is taken apart into columns: what makes each field, by its name.</summary>
    private static IReadOnlyList<IGrouping<string, JsonElement>> Unnested(JsonElement item)
    {
        var arguments = item.Nodes("children").ToList();
        if (item.Text("function_name") is not "unnest" || arguments.Count != 2 || arguments[1].Text("alias") is not "recursive" || arguments[0].Text("function_name") is not "list_value")
        {
            return [];
        }

        var structs = arguments[0].Nodes("children").ToList();
        return structs.TrueForAll(value => value.Text("function_name") is "struct_pack")
            ? [.. structs.SelectMany(value => value.Nodes("children")).GroupBy(field => field.Text("alias"), StringComparer.Ordinal)]
            : [];
    }

    private static IEnumerable<string> Parameters(JsonElement lambda) =>
        lambda.Text("class") is "COLUMN_REF" ? lambda.Texts("column_names") : lambda.Nodes("children").SelectMany(Parameters);
}
