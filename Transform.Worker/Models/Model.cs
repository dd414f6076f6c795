namespace Dunnhumby.Transform.Worker.Models;

/// <summary>One file: a query that makes the table of the file's name, and what the file declares about it.</summary>
/// <param name="Name">The file's name without extension: the table it makes.</param>
/// <param name="Declaration">The comment at the beginning of the file.</param>
/// <param name="Query">What stands behind the comment.</param>
/// <param name="Inputs">The models and data sets that the query reads, by name.</param>
internal sealed record Model(string Name, ModelDeclaration Declaration, string Query, IReadOnlyList<string> Inputs)
{
    /// <summary>What its table is about: the folder of the file.</summary>
    internal string Subject { get; init; } = "";

    /// <summary>The data sets of which it reads the rows of all loads, whether they count or not: a part of <see cref="Inputs"/>.</summary>
    internal IReadOnlyList<string> AllLoadsOf { get; init; } = [];

    /// <summary>Whether it is made at set times and not with every load.</summary>
    internal bool IsScheduled => Declaration.Schedule.Length > 0;

    /// <summary>All that decides what readers get: when it is the same, the table need not be made again.</summary>
    internal string Recipe => $"{Name}\n{Query}\n{string.Join(' ', Declaration.Key)}\n{string.Join('\n', Declaration.Indexes)}\n{Declaration.Published}\n{string.Join(' ', Declaration.Partition)}";

    /// <summary>What the file demands of its table, in the order of the file; that its key is one comes first.</summary>
    internal IEnumerable<ModelTest> Tests(Func<string, IReadOnlyList<string>> inputsOf)
    {
        if (Declaration.Key is { Count: > 0 } key)
        {
            yield return ModelTest.OfKey(Name, key, Declaration.Partition);
        }

        if (Declaration.Partition.Except(Declaration.Key, StringComparer.Ordinal).ToList() is { Count: > 0 } partition)
        {
            yield return ModelTest.OfPartition(Name, partition);
        }

        foreach (var test in Declaration.Tests.Where(test => !test.Warns))
        {
            yield return ModelTest.Of(Name, test, inputsOf);
        }
    }

    /// <summary>Everything that the file demands of its table, as readers are told.</summary>
    internal IEnumerable<(string Name, string Demands, string Severity)> DeclaredTests =>
    [
        .. Tests(_ => []).Select(test => (test.Name, test.Demands, DeclaredTest.Error)),
        .. Warnings(_ => []).Zip(Declaration.Tests.Where(test => test.Warns), (test, declared) => (test.Name, declared.Of(Name, Name).Demands, DeclaredTest.Warn)),
    ];

    /// <summary>What the file demands of its table and only shows when it is not met.</summary>
    internal IEnumerable<DataTest> Warnings(Func<string, IReadOnlyList<string>> inputsOf) => Declaration.Tests.Where(test => test.Warns).Select(test =>
    {
        var (demands, query) = test.Of(Name, Name);
        return test.Rows is null
            ? new DataTest($"{Name}_{test.Name}", $"Rows that do not meet a demand: {demands}", query, inputsOf(query))
            : new DataTest($"{Name}_{test.Name}", $"Another number of rows than expected; the demand is: {demands}", query, inputsOf(query)) { ComparesVersions = true };
    });
}

/// <summary>A query for rows that a right computation never has, whatever the data: while it finds one, the model and what is made from it are not published.</summary>
/// <param name="Name">The model's name and the test's.</param>
/// <param name="Stops">The model.</param>
/// <param name="Demands">What holds when it finds nothing: a sentence for analysts.</param>
/// <param name="Query">It returns the offending rows.</param>
/// <param name="Inputs">The tables that it reads besides the model's own.</param>
internal sealed record ModelTest(string Name, string Stops, string Demands, string Query, IReadOnlyList<string> Inputs)
{
    /// <summary>The same query over a table that has some of the model's rows, when it looks at each row by itself; otherwise null.</summary>
    internal Func<string, string>? OverRows { get; init; }

    /// <summary>The same query over a table that has some of the model's parts whole, when it looks at each part by itself; otherwise null.</summary>
    internal Func<string, string>? OverParts { get; init; }

    /// <summary>The tables that it reads.</summary>
    internal IEnumerable<string> Tested => [Stops, .. Inputs];

    internal static ModelTest OfKey(string model, IReadOnlyList<string> key, IReadOnlyList<string> partition)
    {
        var columns = string.Join(", ", key);
        var nulls = string.Join(" or ", key.Select(column => $"{column} is null"));
        // Rows of one key are in one part when the key tells the part.
        return new ModelTest($"{model}_key", model, $"The key of {model} is unique and without nulls.", Over(model), [])
        {
            OverParts = partition.Count > 0 && partition.All(column => key.Contains(column, StringComparer.Ordinal)) ? Over : null,
        };

        string Over(string table) => $"select {columns}, count(*) as rows from {table} group by {columns} having count(*) > 1 or {nulls}";
    }

    internal static ModelTest OfPartition(string model, IReadOnlyList<string> partition)
    {
        return new ModelTest($"{model}_partition", model, $"The columns by which {model} is made in parts are never null.", Over(model), []) { OverRows = Over };

        string Over(string table) => $"select 1 from {table} where {string.Join(" or ", partition.Select(column => $"{column} is null"))}";
    }

    internal static ModelTest Of(string model, DeclaredTest test, Func<string, IReadOnlyList<string>> inputsOf)
    {
        var (demands, query) = test.Of(model, model);
        IReadOnlyList<string> others = [.. inputsOf(query).Where(input => !string.Equals(input, model, StringComparison.Ordinal))];
        return new ModelTest($"{model}_{test.Name}", model, demands, query, others)
        {
            OverRows = test.IsOfEachRow && others.Count == 0 ? table => test.Of(model, table).Query : null,
        };
    }
}

/// <summary>A query for rows that are improbable: they are published, with a notice of how many there are.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Notice">What it says of the rows it finds, for readers of a version.</param>
/// <param name="Query">It returns the rows in question.</param>
/// <param name="Inputs">The tables that it reads.</param>
internal sealed record DataTest(string Name, string Notice, string Query, IReadOnlyList<string> Inputs)
{
    /// <summary>Whether what it finds depends on the version before, and not on its inputs alone.</summary>
    internal bool ComparesVersions { get; init; }
}
