using System.Collections.Immutable;
using System.Text.Json;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>
/// Finds what the columns of a query are made of, in DuckDB's syntax tree of it: through common table expressions, subqueries, joins, stars and aliases.
/// What it does not understand makes the columns concerned inexact; nothing is guessed.
/// </summary>
/// <param name="tables">What queries may read, by name.</param>
/// <param name="aggregates">The names of the aggregate functions.</param>
internal sealed class QueryLineage(IReadOnlyDictionary<string, Relation> tables, IReadOnlySet<string> aggregates)
{
    /// <summary>A recursive expression is read until nothing is added; each time at least one origin is.</summary>
    private const int MostRounds = 100;

    private readonly ExpressionLineage _expressions = new(aggregates);

    /// <summary>What a whole query makes.</summary>
    /// <param name="tree">Of one select, as <c>json_serialize_sql</c> gives it.</param>
    internal Relation Read(JsonElement tree) => Query(tree.Nodes("statements").First().Node("node"), new QueryScope(ImmutableDictionary.Create<string, Relation>(StringComparer.OrdinalIgnoreCase), Outer: null, Query));

    private Relation Query(JsonElement node, QueryScope scope)
    {
        foreach (var expression in node.Node("cte_map").Nodes("map"))
        {
            var query = expression.Node("value");
            scope = scope.With(expression.Text("key"), Query(query.Node("query").Node("node"), scope).As(expression.Text("key"), query.Texts("aliases")));
        }

        return node.Text("type") switch
        {
            "SELECT_NODE" => Select(node, scope),
            "SET_OPERATION_NODE" => Both(node, scope),
            "RECURSIVE_CTE_NODE" => Recursive(node, scope),
            _ => Relation.Unknown,
        };
    }

    private Relation Select(JsonElement node, QueryScope scope)
    {
        var row = new RowScope(From(node.Node("from_table"), scope), scope);
        List<RelationColumn> columns = [];
        List<JsonElement> plain = [];
        foreach (var item in node.Nodes("select_list"))
        {
            foreach (var column in _expressions.Items(item, row))
            {
                columns.Add(column);
                row.Aliases.TryAdd(column.Name, column.From);
            }

            if (!_expressions.Aggregates(item))
            {
                plain.Add(item);
            }
        }

        row.Decide(_expressions.Of(node.Node("where_clause"), row), Decision.Filter);
        row.Decide(_expressions.Of(node.Node("having"), row), Decision.Filter);
        row.Decide(_expressions.Of(node.Node("qualify"), row), Decision.Filter);
        var groups = node.Text("aggregate_handling") is "FORCE_AGGREGATES" ? plain.SelectMany(item => _expressions.Items(item, row)).Select(column => column.From)
            : node.Nodes("group_expressions").Select(group => int.TryParse(group.Constant(), out var place) && place >= 1 && place <= columns.Count
                ? columns[place - 1].From
                : _expressions.Of(group, row));
        foreach (var group in groups)
        {
            row.Decide(group, Decision.Group);
        }

        Modify(node, row, columns);
        return new Relation([.. columns], row.From.Rows, row.From.Deciders.Union(row.Deciders), columns.Exists(column => column.Name is ExpressionLineage.Unknown));
    }

    /// <summary>Repeats that are left out, and an order that decides which rows a limit keeps.</summary>
    private void Modify(JsonElement node, RowScope row, List<RelationColumn> columns)
    {
        var modifiers = node.Nodes("modifiers").ToList();
        var isLimited = modifiers.Exists(modifier => modifier.Text("type").StartsWith("LIMIT", StringComparison.Ordinal))
            || modifiers.Exists(modifier => modifier.Nodes("distinct_on_targets").Any());
        foreach (var modifier in modifiers)
        {
            switch (modifier.Text("type"))
            {
                case "DISTINCT_MODIFIER":
                    var targets = modifier.Nodes("distinct_on_targets").ToList();
                    row.Decide(targets.Count > 0 ? Origins.All(targets.Select(target => _expressions.Of(target, row))) : Origins.All(columns.Select(column => column.From)), Decision.Group);
                    break;
                case "ORDER_MODIFIER" when isLimited:
                    row.Decide(Origins.All(modifier.Nodes("orders").Select(order => _expressions.Of(order, row))), Decision.Order);
                    break;
                default:
                    break;
            }
        }
    }

    private Relation Both(JsonElement node, QueryScope scope)
    {
        var (left, right) = (Query(node.Node("left"), scope), Query(node.Node("right"), scope));
        return node.Text("setop_type") switch
        {
            "UNION" => Union(left, right),
            "UNION_BY_NAME" => Union(left, left with
            {
                Columns =
                [
                    .. left.Columns.Select(column => right.Columns.FirstOrDefault(other => other.Is(column.Name)) ?? column with { From = Origins.None }),
                    .. right.Columns.Where(column => !left.Columns.Exists(own => own.Is(column.Name))),
                ],
                Rows = right.Rows,
                Deciders = right.Deciders,
                IsOpen = right.IsOpen,
            }),
            // The other side only decides which rows stay.
            _ => left.DecidedBy(right.Deciders
                .Union(right.Rows.Select(rows => new Decided(rows, Decision.Filter)))
                .Union(right.Columns.Concat(left.Columns).SelectMany(column => column.From.Decide(Decision.Filter)))),
        };
    }

    private static Relation Union(Relation left, Relation right) => new(
        [
            .. Enumerable.Range(0, Math.Max(left.Columns.Count, right.Columns.Count)).Select(index => (index < left.Columns.Count, index < right.Columns.Count) switch
            {
                (true, true) => left.Columns[index] with { From = left.Columns[index].From.And(right.Columns[index].From) },
                (true, false) => left.Columns[index],
                _ => right.Columns[index],
            }),
        ],
        left.Rows.Union(right.Rows),
        left.Deciders.Union(right.Deciders),
        left.IsOpen || right.IsOpen);

    private Relation Recursive(JsonElement node, QueryScope scope)
    {
        var name = node.Text("cte_name");
        var found = Query(node.Node("left"), scope).As(name, node.Texts("aliases"));
        for (var round = 0; round < MostRounds; round++)
        {
            var next = Union(found, Query(node.Node("right"), scope.With(name, found)));
            if (Size(next) == Size(found))
            {
                return next;
            }

            found = next;
        }

        return found with { IsOpen = true };

        static int Size(Relation relation) => relation.Columns.Sum(column => column.From.Uses.Sum(use => 1 + (int)use.Value)) + relation.Rows.Count + relation.Deciders.Count;
    }

    private Relation From(JsonElement node, QueryScope scope)
    {
        switch (node.Text("type"))
        {
            case "BASE_TABLE":
                var name = node.Text("table_name");
                var table = scope.Expressions.GetValueOrDefault(name) ?? tables.GetValueOrDefault(name) ?? Relation.Unknown;
                return table.As(node.Text("alias") is { Length: > 0 } other ? other : name, node.Texts("column_name_alias"));
            case "JOIN":
                return Join(node, scope);
            case "SUBQUERY":
                return Query(node.Node("subquery").Node("node"), scope).As(node.Text("alias"), node.Texts("column_name_alias"));
            case "EXPRESSION_LIST":
                return Values(node, scope);
            case "TABLE_FUNCTION":
                // Which columns a function makes is not in the tree; those that are named come from all of its arguments.
                var arguments = _expressions.Of(node.Node("function"), new RowScope(Relation.Empty, scope));
                var columns = node.Texts("column_name_alias").Select(column => new RelationColumn(node.Text("alias"), column, arguments));
                return new Relation([.. columns], [], [.. arguments.Decide(Decision.Join)], IsOpen: true);
            case "EMPTY":
                return Relation.Empty;
            default:
                return Relation.Unknown;
        }
    }

    private Relation Join(JsonElement node, QueryScope scope)
    {
        var left = From(node.Node("left"), scope);
        // A subquery on the right may read the left.
        var right = From(node.Node("right"), scope with { Outer = new RowScope(left, scope) });
        var merged = node.Text("ref_type") is "NATURAL"
            ? [.. left.Shown.Select(column => column.Name).Intersect(right.Shown.Select(column => column.Name), StringComparer.OrdinalIgnoreCase)]
            : node.Texts("using_columns");
        var both = new RowScope(left.Join(right, "INNER", merged, []), scope);
        var condition = _expressions.Of(node.Node("condition"), both);
        return left.Join(right, node.Text("join_type"), merged, [.. condition.Decide(Decision.Join), .. both.Deciders]);
    }

    private Relation Values(JsonElement node, QueryScope scope)
    {
        var row = new RowScope(Relation.Empty, scope);
        var rows = node.Nodes("values").Select(values => values.EnumerateArray().Select(value => _expressions.Of(value, row)).ToList()).ToList();
        var names = node.Texts("expected_names");
        var columns = Enumerable.Range(0, rows.Max(values => values.Count))
            .Select(index => new RelationColumn(node.Text("alias"), index < names.Count ? names[index] : $"col{index}", Origins.All(rows.Select(values => values[index]))));
        return new Relation([.. columns], [], [.. row.Deciders]);
    }
}

/// <summary>What the names in a query may mean: its common table expressions, and the row of the query around it.</summary>
internal sealed record QueryScope(ImmutableDictionary<string, Relation> Expressions, RowScope? Outer, Func<JsonElement, QueryScope, Relation> Read)
{
    internal QueryScope With(string name, Relation expression) => this with { Expressions = Expressions.SetItem(name, expression) };
}

/// <summary>What the names in an expression may mean: the columns of a row, and what the select list named before.</summary>
internal sealed class RowScope(Relation from, QueryScope query)
{
    internal Relation From => from;

    internal QueryScope Query => query;

    internal Dictionary<string, Origins> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal HashSet<Decided> Deciders { get; } = [];

    internal void Decide(Origins origins, Decision by) => Deciders.UnionWith(origins.Decide(by));
}
