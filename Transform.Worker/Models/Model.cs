namespace Dunnhumby.Transform.Worker.Models;

/// <summary>One file: a query that makes the table of the file's name, and what the file declares about it.</summary>
/// <param name="Name">The file's name without extension: the table it makes.</param>
/// <param name="Declaration">The comment at the beginning of the file.</param>
/// <param name="Query">What stands behind the comment.</param>
/// <param name="Inputs">The models and data sets that the query reads, by name.</param>
internal sealed record Model(string Name, ModelDeclaration Declaration, string Query, IReadOnlyList<string> Inputs)
{
    /// <summary>The data sets of which it reads the rows of all loads, whether they count or not: a part of <see cref="Inputs"/>.</summary>
    internal IReadOnlyList<string> AllLoadsOf { get; init; } = [];

    /// <summary>All that decides what readers get: when it is the same, the table need not be made again.</summary>
    internal string Recipe => $"{Name}\n{Query}\n{string.Join(' ', Declaration.Key)}\n{string.Join('\n', Declaration.Indexes)}\n{Declaration.Published}\n{string.Join(' ', Declaration.Partition)}";

    /// <summary>What the file demands of its table, in the order of the file; that its key is one comes first.</summary>
    internal IEnumerable<ModelTest> Tests(Func<string, IReadOnlyList<string>> inputsOf)
    {
        if (Declaration.Key is { Count: > 0 } key)
        {
            yield return ModelTest.OfKey(Name, key);
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
        .. Warnings(_ => []).Zip(Declaration.Tests.Where(test => test.Warns), (test, declared) => (test.Name, declared.Of(Name).Demands, DeclaredTest.Warn)),
    ];

    /// <summary>What the file demands of its table and only shows when it is not met.</summary>
    internal IEnumerable<DataTest> Warnings(Func<string, IReadOnlyList<string>> inputsOf) => Declaration.Tests.Where(test => test.Warns).Select(test =>
    {
        var (demands, query) = test.Of(Name);
        return new DataTest($"{Name}_{test.Name}", $"Rows that do not meet a demand: {demands}", query, inputsOf(query));
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
    /// <summary>The tables that it reads.</summary>
    internal IEnumerable<string> Tested => [Stops, .. Inputs];

    internal static ModelTest OfKey(string model, IReadOnlyList<string> key)
    {
        var columns = string.Join(", ", key);
        var nulls = string.Join(" or ", key.Select(column => $"{column} is null"));
        return new ModelTest(
            $"{model}_key",
            model,
            $"The key of {model} is unique and without nulls.",
            $"select {columns}, count(*) as rows from {model} group by {columns} having count(*) > 1 or {nulls}",
            []);
    }

    internal static ModelTest OfPartition(string model, IReadOnlyList<string> partition) => new(
        $"{model}_partition",
        model,
        $"The columns by which {model} is made in parts are never null.",
        $"select 1 from {model} where {string.Join(" or ", partition.Select(column => $"{column} is null"))}",
        []);

    internal static ModelTest Of(string model, DeclaredTest test, Func<string, IReadOnlyList<string>> inputsOf)
    {
        var (demands, query) = test.Of(model);
        return new ModelTest($"{model}_{test.Name}", model, demands, query, [.. inputsOf(query).Where(input => !string.Equals(input, model, StringComparison.Ordinal))]);
    }
}

/// <summary>A query for rows that are improbable: they are published, with a notice of how many there are.</summary>
/// <param name="Name">The file's name without extension.</param>
/// <param name="Notice">What it says of the rows it finds, for readers of a version.</param>
/// <param name="Query">It returns the rows in question.</param>
/// <param name="Inputs">The tables that it reads.</param>
internal sealed record DataTest(string Name, string Notice, string Query, IReadOnlyList<string> Inputs);
