using System.Text.RegularExpressions;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.SampleData.Tests;

public sealed partial class SectionMapTests
{
    [Fact]
    public async Task Commodities_OfTheCatalogue_SellInAllSectionsOfTheMap()
    {
        var sql = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Transform.Worker", "Models", "Lines", "section_map.sql"), TestContext.Current.CancellationToken);
        var sections = Section().Matches(sql).ToDictionary(
            match => match.Groups["section"].Value,
            match => Name().Matches(match.Groups["names"].Value).Select(name => name.Groups["name"].Value.Replace("''", "'", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        sections.Count.ShouldBe(15);
        var lines = (double)CommodityTable.All.Sum(commodity => commodity.LineWeight);
        double Share(HashSet<string> names) => CommodityTable.All.Where(commodity => names.Contains(commodity.Name)).Sum(commodity => commodity.LineWeight) / lines;

        // Shares of the lines in the real sample.
        Share(sections["meat"]).ShouldBe(0.156, 0.02);
        Share(sections["produce"]).ShouldBe(0.150, 0.02);
        Share(sections["junk_food"]).ShouldBe(0.140, 0.02);
        Share(sections["dairy"]).ShouldBe(0.111, 0.02);
        Share(sections["grain_goods"]).ShouldBe(0.108, 0.02);
        sections.Values.Min(Share).ShouldBeGreaterThan(0);
        Share(sections["misc"]).ShouldBe(0.079, 0.02);

        // FUEL and what the generator invented is in no list.
        sections.Values.Sum(Share).ShouldBeInRange(0.99, 0.9999);
    }

    [GeneratedRegex("""\('(?<section>[a-z_]+)', \[(?<names>.*?)\]\)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Section();

    [GeneratedRegex("'(?<name>([^']|'')*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Name();
}
