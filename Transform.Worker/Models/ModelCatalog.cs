namespace Dunnhumby.Transform.Worker.Models;

/// <summary>The models in the order in which they are computed, and what is tested about them.</summary>
/// <param name="Macros">What several models share.</param>
/// <param name="Models">Each makes the table of its name.</param>
/// <param name="Tests">Each returns rows that a right computation never has, whatever the data: they stop the model that it names, and what is made from it.</param>
/// <param name="DataTests">Each returns what is improbable about the data: it is published, with a notice.</param>
internal sealed record ModelCatalog(SqlFile Macros, IReadOnlyList<SqlFile> Models, IReadOnlyList<SqlFile> Tests, IReadOnlyList<SqlFile> DataTests)
{
    private const string NoticesPrefix = "notices_";
    private const string TestFolder = "Tests/";
    private const string DataTestFolder = "DataTests/";

    private static readonly string[] Order =
    [
        "section_map", "product_sections", "screened_lines", "cleaned_lines", "section_spend", "daily_household_spend", "household_spend",
        "household_flags", "household_scores", "household_summary", "daily_sales", "listed_products", "daily_campaign_sales", "campaign_summary",
        "orphan_rows", "orphans", "notices_lines", "notices_households", "notices_campaigns",
    ];

    /// <summary>The models whose rows are a version's notices.</summary>
    internal IEnumerable<SqlFile> Notices => Models.Where(model => model.Name.StartsWith(NoticesPrefix, StringComparison.Ordinal));

    /// <summary>What this build was made with.</summary>
    internal static ModelCatalog Embedded() => new(
        SqlFile.Embedded("macros.sql"),
        [.. Order.Select(name => SqlFile.Embedded($"{name}.sql"))],
        Folder(TestFolder),
        Folder(DataTestFolder));

    /// <summary>The model that makes a table.</summary>
    internal SqlFile Model(string name) => Models.Single(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// Everything that takes part in making and testing what is named: models and data sets, the named ones too, through other models and through the tests
    /// that stop any of them.
    /// </summary>
    internal IReadOnlySet<string> MadeFrom(IEnumerable<string> names)
    {
        HashSet<string> nodes = new(StringComparer.Ordinal);
        Stack<string> left = new(names);
        while (left.TryPop(out var name))
        {
            if (nodes.Add(name) && Models.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal)) is { } model)
            {
                foreach (var input in model.Inputs.Concat(Tests.Where(test => string.Equals(test.Stops, name, StringComparison.Ordinal)).SelectMany(test => test.Tested)))
                {
                    left.Push(input);
                }
            }
        }

        return nodes;
    }

    /// <summary>The data sets that a model is made from, itself when it is one: directly, or through other models.</summary>
    internal IReadOnlySet<string> DatasetsOf(string name)
    {
        HashSet<string> datasets = new(StringComparer.Ordinal);
        Visit(name);
        return datasets;

        void Visit(string node)
        {
            if (Models.FirstOrDefault(model => string.Equals(model.Name, node, StringComparison.Ordinal)) is not { } model)
            {
                datasets.Add(node);
                return;
            }

            foreach (var input in model.Inputs)
            {
                Visit(input);
            }
        }
    }

    private static IReadOnlyList<SqlFile> Folder(string folder) =>
    [
        .. typeof(ModelCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(SqlFile.Embedded),
    ];
}
