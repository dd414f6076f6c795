using System.Text.Json;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Transform.Worker.Models;

/// <summary>Finds the tables that a query reads, in the syntax tree that DuckDB makes of it.</summary>
internal sealed class SqlReader : IDisposable
{
    /// <summary>Besides its valid rows, a data set can be read with those of all loads.</summary>
    private const string AllLoads = "_lines";

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    internal SqlReader() => _connection.Open();

    /// <summary>The models and data sets that a query reads, in alphabetical order.</summary>
    /// <param name="file">Whose query it is, for the error.</param>
    /// <param name="query">One select.</param>
    /// <param name="models">The names of all models.</param>
    /// <exception cref="InvalidOperationException">It is not one select, it reads a table that is not there, or a common table expression hides a table.</exception>
    internal IReadOnlyList<string> Inputs(string file, string query, IReadOnlySet<string> models) =>
        [.. Tables(file, query, models).Select(table => Resolve(file, table, models)).Distinct(StringComparer.Ordinal)];

    /// <summary>The data sets of which a query reads the rows of all loads.</summary>
    internal IReadOnlyList<string> AllLoadsOf(string file, string query, IReadOnlySet<string> models) =>
        [.. Tables(file, query, models).Where(table => !string.Equals(Resolve(file, table, models), table, StringComparison.Ordinal)).Select(table => Resolve(file, table, models))];

    private SortedSet<string> Tables(string file, string query, IReadOnlySet<string> models)
    {
        SortedSet<string> tables = new(StringComparer.Ordinal);
        HashSet<string> expressions = new(StringComparer.Ordinal);
        using var tree = Tree(file, query);
        Visit(tree.RootElement, tables, expressions);
        if (expressions.FirstOrDefault(name => models.Contains(name) || LakeTables.Find(name) is not null) is { } hidden)
        {
            throw new InvalidOperationException($"{file} names a common table expression '{hidden}', as a table is named: rename it, so that it is clear what is read.");
        }

        tables.ExceptWith(expressions);
        return tables;
    }

    public void Dispose() => _connection.Dispose();

    private static string Resolve(string file, string table, IReadOnlySet<string> models)
    {
        if (models.Contains(table) || LakeTables.Find(table) is not null)
        {
            return table;
        }

        return table.EndsWith(AllLoads, StringComparison.Ordinal) && LakeTables.Find(table[..^AllLoads.Length]) is { } dataset
            ? dataset.Name
            : throw new InvalidOperationException($"{file} reads '{table}', which is neither a model nor a data set.");
    }

    private static void Visit(JsonElement node, SortedSet<string> tables, HashSet<string> expressions)
    {
        if (node.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Visit(item, tables, expressions);
            }
        }

        if (node.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        if (node.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("BASE_TABLE"))
        {
            tables.Add(node.GetProperty("table_name").GetString() ?? "");
        }

        if (node.TryGetProperty("cte_map", out var map))
        {
            expressions.UnionWith(map.GetProperty("map").EnumerateArray().Select(expression => expression.GetProperty("key").GetString() ?? ""));
        }

        foreach (var property in node.EnumerateObject())
        {
            Visit(property.Value, tables, expressions);
        }
    }

    /// <summary>The names of DuckDB's aggregate functions.</summary>
    internal IReadOnlySet<string> Aggregates()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "select distinct function_name from duckdb_functions() where function_type = 'aggregate'";
        using var reader = command.ExecuteReader();
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>The syntax tree of one select.</summary>
    /// <param name="file">Whose query it is, for the error.</param>
    /// <param name="query">One select.</param>
    /// <exception cref="InvalidOperationException">It is not one select.</exception>
    internal JsonDocument Tree(string file, string query)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "select json_serialize_sql($1::varchar)";
        command.Parameters.Add(new DuckDBParameter(query));
        var tree = JsonDocument.Parse((string)(command.ExecuteScalar() ?? ""), new JsonDocumentOptions { MaxDepth = 1_000 });
        return tree.RootElement.GetProperty("error").GetBoolean()
            ? throw new InvalidOperationException($"{file} is not one query: {tree.RootElement.GetProperty("error_message").GetString()}")
            : tree;
    }
}
