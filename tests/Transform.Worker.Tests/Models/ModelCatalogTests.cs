using System.Text.RegularExpressions;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Models;

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
    public void Embedded_EveryFile_IsAModelATestADataTestOrTheMacros()
    {
        var catalog = ModelCatalog.Embedded();
        var embedded = typeof(ModelCatalog).Assembly.GetManifestResourceNames().Count(name => name.EndsWith(".sql", StringComparison.Ordinal));

        (catalog.Models.Count + catalog.Tests.Count + catalog.DataTests.Count + 1).ShouldBe(embedded);
    }

    [Fact]
    public void Embedded_EveryTest_NamesWhatItStopsAndEveryTableThatItReads()
    {
        var catalog = ModelCatalog.Embedded();
        string[] tables = [.. LakeTables.All.Select(table => table.Name), .. catalog.Models.Select(model => model.Name)];
        foreach (var test in catalog.Tests)
        {
            catalog.Models.ShouldContain(model => string.Equals(model.Name, test.Stops, StringComparison.Ordinal));
            Read(test).Except(test.Tested, StringComparer.Ordinal).ShouldBeEmpty();
        }

        foreach (var test in catalog.DataTests)
        {
            Read(test).Order(StringComparer.Ordinal).ShouldBe(test.Inputs.Order(StringComparer.Ordinal));
            test.Notice.ShouldEndWith(".");
        }

        IEnumerable<string> Read(SqlFile test) => tables.Where(table => Regex.IsMatch(
            test.Text.Split("select ", 2)[1], $@"\b(from|join) \(?{table}\b", RegexOptions.None, TimeSpan.FromSeconds(1)));
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
