using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Publishing;

namespace Dunnhumby.Transform.Worker.Tests.Models;

public sealed class ModelCatalogTests
{
    [Fact]
    public void Embedded_EveryModel_ComesAfterItsInputs()
    {
        HashSet<string> made = [.. LakeTables.All.Select(table => table.Name)];
        foreach (var model in ModelCatalog.Embedded().Models)
        {
            model.Inputs.Except(made, StringComparer.Ordinal).ShouldBeEmpty($"{model.Name} reads what is not there yet.");
            made.Add(model.Name);
        }
    }

    [Fact]
    public void Embedded_EveryFile_IsAModelATestOrTheMacros()
    {
        var catalog = ModelCatalog.Embedded();
        var embedded = typeof(ModelCatalog).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));

        (catalog.Models.Count + catalog.Tests.Count + 1).ShouldBe(embedded);
    }

    [Fact]
    public void Embedded_EveryPublishedTable_HasAGrainAndATestOfItsKey()
    {
        var catalog = ModelCatalog.Embedded();
        foreach (var table in PublishedTables.All)
        {
            catalog.Model(table.Name).Grain.ShouldStartWith("one row per ");
            catalog.Tests.ShouldContain(test => string.Equals(test.Name, $"{table.Name}_grain", StringComparison.Ordinal));
        }
    }
}
