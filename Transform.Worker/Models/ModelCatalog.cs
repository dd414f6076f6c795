namespace Dunnhumby.Transform.Worker.Models;

/// <summary>The models in the order in which they are computed, and the data tests that they must pass.</summary>
/// <param name="Macros">What several models share.</param>
/// <param name="Models">Each makes the table of its name.</param>
/// <param name="Tests">Each returns the rows that should not be.</param>
internal sealed record ModelCatalog(SqlFile Macros, IReadOnlyList<SqlFile> Models, IReadOnlyList<SqlFile> Tests)
{
    /// <summary>The model whose rows are a version's notices.</summary>
    internal const string Notices = "notices";

    private const string TestFolder = "Tests/";

    private static readonly string[] Order =
    [
        "section_map", "product_sections", "screened_lines", "cleaned_lines", "section_spend", "daily_household_spend", "household_spend",
        "household_flags", "household_scores", "household_summary", "daily_sales", "listed_products", "daily_campaign_sales", "campaign_summary",
        "orphan_rows", "orphans", Notices,
    ];

    /// <summary>What this build was made with.</summary>
    internal static ModelCatalog Embedded() => new(
        SqlFile.Embedded("macros.sql"),
        [.. Order.Select(name => SqlFile.Embedded($"{name}.sql"))],
        [.. typeof(ModelCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(TestFolder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(SqlFile.Embedded)]);

    /// <summary>The model that makes a table.</summary>
    internal SqlFile Model(string name) => Models.Single(model => string.Equals(model.Name, name, StringComparison.Ordinal));
}
