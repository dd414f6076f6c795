using System.Text;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>The reference of all published tables, as Markdown, made from what the models declare and from their queries.</summary>
internal static class TableReference
{
    /// <summary>The argument with which the program prints the reference instead of starting.</summary>
    internal const string Command = "describe-tables";

    /// <summary>What this build publishes.</summary>
    internal static string Markdown() => Markdown(ModelCatalog.Embedded());

    internal static string Markdown(ModelCatalog models)
    {
        var tables = new VersionLineage(models).Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        StringBuilder text = new(
            $"""
            # Published tables

            Every table of a published version, made from the declarations and queries in `Transform.Worker/Models`. Do not edit it: change the model, then run

            ```sh
            dotnet run --project Transform.Worker -- {Command} > docs/tables.md
            ```

            A test fails while this page is out of date. `GET /tables` serves the same, `GET /lineage` every step between a file and a column, and the page Lineage draws it.
            The last column names the columns of the files, and the settings, that a value is made of; `rows of` stands for a count or a look-up.

            """);
        foreach (var model in models.Published)
        {
            Append(text, model, tables);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Model model, Dictionary<string, LineageTable> tables)
    {
        var table = tables[model.Name];
        text.Append(
            $"""

            ## {table.Name}

            {table.Description}

            - A row: {table.Grain}. Key: {Code(model.Declaration.Key)}. Owner: {table.Owner}.
            - Made from: {Code(table.Inputs)}.{(model.IsScheduled ? $" Made on a schedule: `{model.Declaration.Schedule}` (UTC)." : "")}

            | column | type | unit | holds | made of |
            |---|---|---|---|---|

            """);
        foreach (var column in table.Columns)
        {
            var source = column.Source is { } formula ? $" Source: {formula}." : "";
            text.Append(null, $"| `{column.Name}` | {column.Type} | {column.Unit} | {Cell(column.Description + source)} | {Cell(Roots(table, column, tables))} |\n");
        }

        text.Append("\nDemanded of it:\n\n");
        foreach (var test in table.Tests)
        {
            text.Append(null, $"- {test.Demands}{(test.Severity is DeclaredTest.Warn ? " Otherwise the version has a notice." : "")}\n");
        }
    }

    /// <summary>The columns of files and the settings at the beginning of a column.</summary>
    private static string Roots(LineageTable table, LineageColumn column, Dictionary<string, LineageTable> tables)
    {
        SortedSet<string> roots = new(StringComparer.Ordinal);
        HashSet<(string, string?)> seen = [];
        Follow(column.From);
        return (roots.Count, column.IsExact) switch
        {
            (_, false) => $"{string.Join(", ", roots)} and what its expression does not tell",
            (0, true) => $"constants of the query of {table.Name}",
            _ => string.Join(", ", roots),
        };

        void Follow(IEnumerable<LineageSource> sources)
        {
            foreach (var source in sources.Where(source => seen.Add((source.Table, source.Column))))
            {
                var from = tables[source.Table];
                if (from.Inputs.Count == 0 && from.Kind is not (LineageKinds.Model or LineageKinds.Table))
                {
                    roots.Add(source.Column is { } name ? $"`{from.Name}.{name}`" : $"rows of `{from.Name}`");
                }
                else if (source.Column is { } name)
                {
                    Follow(from.Columns.Single(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal)).From);
                }
                else
                {
                    Follow(from.Inputs.Where(input => tables[input].Kind is not LineageKinds.Settings).Select(input => new LineageSource(input, Column: null, source.How)));
                }
            }
        }
    }

    private static string Code(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
