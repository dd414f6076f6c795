using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Models;

/// <summary>A column of a model's table.</summary>
/// <param name="Name">As the query names it.</param>
/// <param name="Type">DuckDB's name of its type, for example <c>DECIMAL(18,2)</c>.</param>
internal sealed record ModelColumn(string Name, string Type)
{
    /// <summary>The type as people read it.</summary>
    internal string TypeName => Type is "VARCHAR" ? "text" : Type.ToLowerInvariant();
}

/// <summary>Finds the columns that models make, by computing them from data sets without rows, and compares them with what the files declare.</summary>
internal static class ModelColumns
{
    /// <summary>What can add up over rows: things of which each is counted in one row only, if the model says so.</summary>
    private static readonly string[] AdditiveUnits = ["dollars", "units", "lines", "redemptions"];

    /// <summary>The columns of every model, by its name.</summary>
    /// <param name="macros">What the models share.</param>
    /// <param name="models">In the order in which they are computed.</param>
    /// <param name="paths">The models' files, for errors.</param>
    /// <exception cref="InvalidOperationException">A query cannot be computed, or a declaration and its query differ: the message names the file and the column.</exception>
    internal static IReadOnlyDictionary<string, IReadOnlyList<ModelColumn>> Describe(
        string macros, IReadOnlyList<Model> models, IReadOnlyDictionary<string, string> paths)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var settings = TransformSettings.From(Options.Create(new ReferenceOptions()), Options.Create(new CalendarOptions()));
        Execute(connection, settings.Variables);
        if (macros.Length > 0)
        {
            Execute(connection, macros);
        }

        var nowhere = new LakeLayout("");
        foreach (var table in LakeTables.All)
        {
            Execute(connection, $"create view {table.Name} as {LakeViews.Rows(table, [], nowhere)}; create view {table.Name}_lines as {LakeViews.AllRows(table, [], nowhere)};");
        }

        Dictionary<string, IReadOnlyList<ModelColumn>> columns = new(StringComparer.Ordinal);
        foreach (var model in models)
        {
            columns[model.Name] = Describe(connection, model, paths[model.Name]);
            Check(model.Declaration, columns[model.Name], paths[model.Name]);
        }

        return columns;
    }

    private static List<ModelColumn> Describe(DuckDBConnection connection, Model model, string path)
    {
        try
        {
            Execute(connection, $"create table {model.Name} as from ({model.Query}) limit 0");
        }
        catch (DuckDBException mistake)
        {
            throw new InvalidOperationException($"The query of {path} cannot be computed: {mistake.Message}", mistake);
        }

        using var command = connection.CreateCommand();
        command.CommandText = $"select column_name, data_type from duckdb_columns() where table_name = {SqlText.Literal(model.Name)} order by column_index";
        using var reader = command.ExecuteReader();
        List<ModelColumn> columns = [];
        while (reader.Read())
        {
            columns.Add(new ModelColumn(reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private static void Check(ModelDeclaration declaration, IReadOnlyList<ModelColumn> columns, string path)
    {
        var made = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (named, where) in declaration.Columns.Keys.Select(name => (name, "columns"))
            .Concat(declaration.Key.Select(name => (name, "key")))
            .Concat(declaration.Tests.SelectMany(test => test.Columns.Select(name => (name, $"the test {test.Name}"))))
            .Where(named => !made.Contains(named.Item1)))
        {
            throw new InvalidOperationException(
                $"{path} declares the column '{named}' in {where}, and its query makes none of this name. It makes: {string.Join(", ", columns.Select(column => column.Name))}.");
        }

        if (declaration.Columns.FirstOrDefault(column => column.Value is not { Description.Length: > 0 }) is { Key: { } bare })
        {
            throw new InvalidOperationException($"{path} does not say what its column '{bare}' holds: give it a description.");
        }

        if (declaration.Columns.FirstOrDefault(column => column.Value.Additive && !AdditiveUnits.Contains(column.Value.Unit, StringComparer.Ordinal)) is { Key: { } rate })
        {
            throw new InvalidOperationException($"{path} says that its column '{rate}' adds up, which only {string.Join(", ", AdditiveUnits)} do: give it such a unit, or leave additive out.");
        }

        if (declaration.Published && columns.FirstOrDefault(column => !declaration.Columns.ContainsKey(column.Name)) is { } missing)
        {
            throw new InvalidOperationException(
                $"{path} publishes the column '{missing.Name}' and does not declare it: add it to columns, with a description and, where there is one, a unit.");
        }
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
