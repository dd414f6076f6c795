using System.Text.Json;
using System.Text.Json.Serialization;
using Dunnhumby.Catalog.Versions;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>What every version says of its tables: what they hold, and which columns of which tables they are made of.</summary>
internal sealed class VersionLineage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ModelCatalog _models;
    private readonly string _lineage;
    private readonly Dictionary<string, string> _abouts;

    public VersionLineage(ModelCatalog models)
    {
        _models = models;
        Tables = Read(models);
        _lineage = JsonSerializer.Serialize(Tables, Json);
        _abouts = models.Published.ToDictionary(model => model.Name, model => JsonSerializer.Serialize(About(model), Json), StringComparer.Ordinal);
    }

    /// <summary>Data sets, settings and models, each behind its inputs.</summary>
    internal IReadOnlyList<LineageTable> Tables { get; }

    /// <summary>Writes it into a version that is being made.</summary>
    internal void Describe(VersionEntity version)
    {
        version.Lineage = _lineage;
        foreach (var table in version.Tables)
        {
            table.About = _abouts[table.Name];
        }
    }

    /// <summary>What a model says of its table.</summary>
    internal TableAbout About(Model model) => new(
        model.Declaration.Description,
        model.Declaration.Owner,
        model.Declaration.Key,
        [
            .. _models.Columns[model.Name].Select(column => model.Declaration.Columns.GetValueOrDefault(column.Name) is { } declared
                ? new TableColumnAbout(column.Name, column.TypeName, declared.Description, declared.Unit, declared.Source) { IsAdditive = declared.Additive }
                : new TableColumnAbout(column.Name, column.TypeName, "", Unit: null, Source: null)),
        ])
    {
        Subject = model.Subject,
        Schedule = model.IsScheduled ? model.Declaration.Schedule : null,
    };

    private static List<LineageTable> Read(ModelCatalog models)
    {
        using var reader = new SqlReader();
        var known = LakeTables.All.SelectMany(Relations).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var queries = new QueryLineage(known, reader.Aggregates());
        List<LineageTable> made = [];
        foreach (var model in models.Models)
        {
            using var tree = reader.Tree(model.Name, model.Query);
            made.Add(Table(model, models.Columns[model.Name], queries.Read(tree.RootElement)));
            known.Add(model.Name, Relation.Of(model.Name, models.Columns[model.Name].Select(column => column.Name)));
        }

        return [.. LakeTables.All.Select(Dataset), .. Settings(made), .. made];
    }

    /// <summary>A data set by its name, and with the rows of all loads; a row's load and the load's rank are the load that it came in.</summary>
    private static IEnumerable<KeyValuePair<string, Relation>> Relations(LakeTable table)
    {
        var rows = Relation.Of(table.Name, table.Columns.Select(column => column.Name));
        var load = Origins.Of(new Origin(table.Name, LakeLayout.PartitionColumn), Use.Copied);
        var withLoad = rows with { Columns = rows.Columns.Add(new RelationColumn(table.Name, LakeLayout.PartitionColumn, load)) };
        yield return KeyValuePair.Create(table.Name, LakeViews.HasLoad(table) ? withLoad : rows);
        yield return KeyValuePair.Create($"{table.Name}_lines", withLoad with { Columns = withLoad.Columns.Add(new RelationColumn(table.Name, "load_rank", load.Through(Use.Computed))) });
    }

    private static LineageTable Dataset(LakeTable table) => new(
        table.Name,
        LineageKinds.Dataset,
        $"The rows of {table.Name}.csv, each unit as its newest load has it.",
        Grain: "",
        Owner: "",
        Inputs: [],
        [
            .. table.Columns.Select(column => new LineageColumn(
                column.Name, column.Kind.ToString().ToLowerInvariant(), $"{column.Header} of the file.", Unit: null, Source: null, [], IsExact: true)),
            new LineageColumn(LakeLayout.PartitionColumn, "int64", "The load that the row came in.", Unit: null, Source: null, [], IsExact: true),
        ],
        Deciders: [],
        Tests: [],
        Query: "");

    /// <summary>The settings that queries read, as one table.</summary>
    private static IEnumerable<LineageTable> Settings(List<LineageTable> made)
    {
        string[] read =
        [
            .. made.SelectMany(table => table.Columns.SelectMany(column => column.From).Concat(table.Deciders))
                .Where(source => source is { Table: ExpressionLineage.Settings, Column: not null })
                .Select(source => source.Column!) // Not null: see the condition.
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        if (read.Length > 0)
        {
            yield return new LineageTable(
                ExpressionLineage.Settings,
                LineageKinds.Settings,
                "The settings that queries read: section Reference of the worker's configuration.",
                Grain: "",
                Owner: "",
                Inputs: [],
                [.. read.Select(name => new LineageColumn(name, "setting", "A setting of the worker.", Unit: null, Source: null, [], IsExact: true))],
                Deciders: [],
                Tests: [],
                Query: "");
        }
    }

    private static LineageTable Table(Model model, IReadOnlyList<ModelColumn> columns, Relation found)
    {
        var declaration = model.Declaration;
        // Where the tree does not tell how many columns there are, names are all that is left.
        var isWhole = !found.IsOpen && found.Columns.Count == columns.Count;
        LineageColumn[] made = [.. columns.Select((column, index) => Column(column, isWhole ? found.Columns[index].From : Named(found, column.Name)))];
        LineageSource[] deciders = [.. found.Deciders.Select(decided => new LineageSource(decided.Origin.Table, decided.Origin.Column, Name(decided.By))).OrderBy(Order, StringComparer.Ordinal)];
        var readsSettings = made.SelectMany(column => column.From).Concat(deciders).Any(source => source.Table is ExpressionLineage.Settings);
        return new LineageTable(
            model.Name,
            declaration.Published ? LineageKinds.Table : LineageKinds.Model,
            declaration.Description,
            declaration.Grain,
            declaration.Owner,
            readsSettings ? [.. model.Inputs, ExpressionLineage.Settings] : model.Inputs,
            made,
            deciders,
            [.. model.DeclaredTests.Select(test => new LineageTest(test.Name, test.Demands, test.Severity))],
            model.Query.Trim());

        LineageColumn Column(ModelColumn column, Origins from)
        {
            var declared = declaration.Columns.GetValueOrDefault(column.Name);
            return new LineageColumn(
                column.Name,
                column.TypeName,
                declared?.Description ?? "",
                declared?.Unit,
                declared?.Source,
                [.. from.Uses.Select(use => new LineageSource(use.Key.Table, use.Key.Column, Name(use.Value))).OrderBy(Order, StringComparer.Ordinal)],
                from.IsExact);
        }
    }

    private static Origins Named(Relation found, string name) => found.Columns.Find(column => column.Is(name))?.From.Inexact() ?? Origins.Unknown;

    private static string Order(LineageSource source) => $"{source.Table} {source.Column} {source.How}";

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
