using DuckDB.NET.Data;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Tests.Models;

/// <summary>The project's section map against the shared labels, exactly: blanks count.</summary>
public sealed class SectionMapTests
{
    private static readonly string LabelsFile = Path.Combine(
        CompleteJourneySample.Folder ?? Repository.Root, "..", "section_labels.csv");

    public static bool LabelsExist => File.Exists(LabelsFile);

    [Fact(SkipUnless = nameof(LabelsExist), Skip = CompleteJourneySample.Missing)]
    public void SectionMap_OfEveryLabel_AgreesWithSharedFile()
    {
        var differences = Rows(
            $"""
            select commodity, labels.section, map.section
            from (select column0 as commodity, column1 as section from read_csv('{LabelsFile}', header = false, skip = 1, all_varchar = true)) as labels
            full join ({ModelCatalog.Embedded().Model("section_map").Query}) as map on map.commodity_desc = commodity
            where map.section is distinct from labels.section and commodity is distinct from ' '
            """);

        // The one key that the map need not name: blank text is null in the lake, and a product without commodity is in misc anyway.
        Rows($"select section from read_csv('{LabelsFile}', header = true, all_varchar = true) where commodity_desc = ' '").ShouldBe(["misc"]);
        differences.ShouldBeEmpty();
        Rows($"select count(*) from read_csv('{LabelsFile}', header = true, all_varchar = true)").ShouldBe(["307"]);
    }

    [Fact]
    public void SectionMap_NamesEachCommodityOnceAndOnlyKnownSections()
    {
        var map = Rows(ModelCatalog.Embedded().Model("section_map").Query);

        map.Select(row => row.Split('|')[0]).ShouldBeUnique(StringComparer.Ordinal);
        map.Select(row => row.Split('|')[1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(Sections.All);
        map.ShouldContain("CHRISTMAS  SEASONAL|misc", StringComparer.Ordinal);
    }

    private static List<string> Rows(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "-" : reader.GetValue(column))));
        }

        return rows;
    }
}
