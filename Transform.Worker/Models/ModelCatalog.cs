using Quartz;

namespace Dunnhumby.Transform.Worker.Models;

/// <summary>The models in the order in which they are computed, and what is tested about them. All of it is what the files say: there is no list besides them.</summary>
/// <param name="Macros">What several models share.</param>
/// <param name="Models">Each makes the table of its name.</param>
/// <param name="Tests">They find faults of the computation.</param>
/// <param name="DataTests">They find what is improbable about the data.</param>
internal sealed record ModelCatalog(string Macros, IReadOnlyList<Model> Models, IReadOnlyList<ModelTest> Tests, IReadOnlyList<DataTest> DataTests)
{
    private const string Extension = ".sql";
    private const string MacrosFile = $"macros.duckdb{Extension}";
    private const string DataTestFolder = "DataTests/";

    /// <summary>The columns of every model's table, by its name.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<ModelColumn>> Columns { get; private init; } = new Dictionary<string, IReadOnlyList<ModelColumn>>(StringComparer.Ordinal);

    /// <summary>The models that readers get as tables, in the order of listings.</summary>
    internal IReadOnlyList<Model> Published =>
        [.. Models.Where(model => model.Declaration.Published).OrderBy(model => model.Declaration.Place).ThenBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>The models whose rows are a version's notices.</summary>
    internal IEnumerable<Model> Notices => Models.Where(model => model.Declaration.Notices);

    /// <summary>What this build was made with.</summary>
    /// <exception cref="InvalidOperationException">A file is wrong: the message names it and says why.</exception>
    internal static ModelCatalog Embedded()
    {
        var files = typeof(ModelCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToDictionary(name => name, Text, StringComparer.Ordinal);
        return Of(files);
    }

    /// <summary>Makes a catalog of files.</summary>
    /// <param name="files">Their texts by their paths below <c>Models</c>.</param>
    /// <exception cref="InvalidOperationException">A file is wrong: the message names it and says why.</exception>
    internal static ModelCatalog Of(IReadOnlyDictionary<string, string> files)
    {
        using var reader = new SqlReader();
        var declared = files.Where(file => file.Key is not MacrosFile)
            .Select(file => (Path: file.Key, Name: Path.GetFileNameWithoutExtension(file.Key), Content: ModelDeclaration.Read(file.Key, file.Value)))
            .ToLookup(file => file.Path.StartsWith(DataTestFolder, StringComparison.Ordinal));
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var (path, name, _) in declared[false].Where(file => !names.Add(file.Name)))
        {
            throw new InvalidOperationException($"There are two models {name}; one is {path}. Their names are those of tables: rename one.");
        }

        var models = InOrder([.. declared[false].Select(file =>
            new Model(file.Name, file.Content.Declaration, file.Content.Query, reader.Inputs(file.Path, file.Content.Query, names))
            {
                Subject = Path.GetDirectoryName(file.Path) ?? "",
                AllLoadsOf = reader.AllLoadsOf(file.Path, file.Content.Query, names),
            })]);
        foreach (var model in models.Where(model => model is { Declaration.Partition.Count: > 0, AllLoadsOf.Count: > 0 }))
        {
            throw new InvalidOperationException($"{model.Name} has a partition and reads {model.AllLoadsOf[0]}_lines: what changed in that is not known by row. Leave out the partition.");
        }

        foreach (var model in models.Where(model => !model.Declaration.Published && model.Declaration.Tests.Any(test => test.Rows is not null)))
        {
            throw new InvalidOperationException($"{model.Name} is not published, so there are no rows to compare it with. Publish it, or leave out the test of its rows.");
        }

        foreach (var model in models.Where(model => model.IsScheduled && (model.Declaration.Notices || !CronExpression.TryParse(model.Declaration.Schedule, out _))))
        {
            throw new InvalidOperationException(model.Declaration.Notices
                ? $"{model.Name} has a schedule and makes notices, which every version has of its own loads. Leave out the schedule."
                : $"The schedule '{model.Declaration.Schedule}' of {model.Name} is not a cron expression as Quartz reads it, for example 0 15 3 * * ? for 03:15 every day.");
        }

        var macros = files.GetValueOrDefault(MacrosFile, "");
        var paths = declared[false].ToDictionary(file => file.Name, file => file.Path, StringComparer.Ordinal);
        IReadOnlyList<ModelTest> tests = [.. models.SelectMany(model => model.Tests(query => reader.Inputs($"A test of {model.Name}", query, names)))];
        RefuseFreshOfScheduled(models, tests);
        return new ModelCatalog(
            macros,
            models,
            tests,
            [
                .. declared[true].Select(file => new DataTest(file.Name, file.Content.Declaration.Notice, file.Content.Query, reader.Inputs(file.Path, file.Content.Query, names))),
                .. models.SelectMany(model => model.Warnings(query => reader.Inputs($"A test of {model.Name}", query, names))),
            ])
        {
            Columns = ModelColumns.Describe(macros, models, paths),
        };
    }

    /// <summary>The model that makes a table.</summary>
    internal Model Model(string name) => Find(name) ?? throw new KeyNotFoundException($"There is no model {name}.");

    /// <summary>The statements that make temporary views of a model and of all models that it is made from, each after its inputs.</summary>
    internal string ViewsOf(string name)
    {
        var needed = WithInputsOf(name);
        return string.Join('\n', Models.Where(model => needed.Contains(model.Name)).Select(model => $"create temp view {model.Name} as {model.Query};"));
    }

    /// <summary>The data sets whose rows are kept between runs, since a model that is made in parts reads them.</summary>
    internal IReadOnlySet<string> Stored =>
        Models.Where(model => model.Declaration.Partition.Count > 0).SelectMany(model => model.Inputs).Where(input => Find(input) is null).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// What a run leaves as it is, since its time has not come: the models on a schedule, except some and what those are made from, and the data tests that read
    /// such models.
    /// </summary>
    /// <param name="due">The models that the run makes in any case.</param>
    internal IReadOnlySet<string> WaitingBesides(IReadOnlySet<string> due)
    {
        var needed = due.SelectMany(WithInputsOf).ToHashSet(StringComparer.Ordinal);
        var waiting = Models.Where(model => model.IsScheduled && !needed.Contains(model.Name)).Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        waiting.UnionWith([.. DataTests.Where(test => test.Inputs.Any(waiting.Contains)).Select(test => test.Name)]);
        return waiting;
    }

    /// <summary>Whether notices come from the model or data test of this name.</summary>
    internal bool Notes(string name) =>
        Find(name) is { Declaration.Notices: true } || DataTests.Any(test => string.Equals(test.Name, name, StringComparison.Ordinal));

    /// <summary>Whether readers get a table of this name.</summary>
    internal bool Publishes(string name) => Find(name) is { Declaration.Published: true };

    /// <summary>
    /// Everything that takes part in making and testing what is named: models and data sets, the named ones too, through other models and through the tests
    /// that stop any of them.
    /// </summary>
    internal IReadOnlySet<string> MadeFrom(IEnumerable<string> names) => Reached(
        names, model => model.Inputs.Concat(Tests.Where(test => string.Equals(test.Stops, model.Name, StringComparison.Ordinal)).SelectMany(test => test.Tested)));

    /// <summary>The data sets that a model is made from, itself when it is one: directly, or through other models.</summary>
    internal IReadOnlySet<string> DatasetsOf(string name) =>
        WithInputsOf(name).Where(node => Find(node) is null).ToHashSet(StringComparer.Ordinal);

    /// <summary>A model and all models and data sets that it is made from, directly or through other models.</summary>
    internal IReadOnlySet<string> WithInputsOf(string name) => Reached([name], model => model.Inputs);

    /// <summary>A model that is made with every load would mix rows of different times, and its tests would find differences that are none.</summary>
    private static void RefuseFreshOfScheduled(IReadOnlyList<Model> models, IReadOnlyList<ModelTest> tests)
    {
        var scheduled = models.Where(model => model.IsScheduled).Select(model => model.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = models.Select(model => (model.Name, Read: model.Inputs)).Concat(tests.Select(test => (Name: test.Stops, Read: test.Inputs)));
        foreach (var (name, read) in inputs.Where(input => !scheduled.Contains(input.Name) && input.Read.Any(scheduled.Contains)))
        {
            throw new InvalidOperationException(
                $"{name} is made with every load and reads {read.First(scheduled.Contains)}, which is made on a schedule. Give {name} a schedule too, or take it from the other one.");
        }
    }

    private HashSet<string> Reached(IEnumerable<string> names, Func<Model, IEnumerable<string>> next)
    {
        HashSet<string> nodes = new(StringComparer.Ordinal);
        Stack<string> left = new(names);
        while (left.TryPop(out var name))
        {
            if (nodes.Add(name) && Find(name) is { } model)
            {
                foreach (var input in next(model))
                {
                    left.Push(input);
                }
            }
        }

        return nodes;
    }

    private Model? Find(string name) => Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// Each model after its inputs. The published ones come as early as that allows, since they are copied while others are computed, and the large ones first:
    /// as a rule a table with more columns in its key has more rows.
    /// </summary>
    private static List<Model> InOrder(IReadOnlyList<Model> models)
    {
        var byName = models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        List<Model> ordered = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        var largestFirst = models
            .OrderByDescending(model => model.Declaration.Published ? model.Declaration.Key.Count : 0)
            .ThenByDescending(model => model.Declaration.Published ? model.Declaration.Columns.Count : 0);
        foreach (var model in largestFirst)
        {
            Visit(model, []);
        }

        return ordered;

        void Visit(Model model, IReadOnlyList<string> path)
        {
            if (path.Contains(model.Name, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"Models are made from each other in a circle: {string.Join(" → ", path.SkipWhile(name => !string.Equals(name, model.Name, StringComparison.Ordinal)).Append(model.Name))}.");
            }

            if (done.Contains(model.Name))
            {
                return;
            }

            foreach (var input in model.Inputs.Where(byName.ContainsKey))
            {
                Visit(byName[input], [.. path, model.Name]);
            }

            done.Add(model.Name);
            ordered.Add(model);
        }
    }

    private static string Text(string resource)
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
