using Dunnhumby.SampleData.Report;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.SampleData.Tests;

/// <summary>
/// A panel of full size against the real sample: the same year, thinned to the same number of lines. Both sides are read from their files. The
/// tolerances say how near the generator is held to the real panel, not how near two draws of one panel would be.
/// </summary>
[Collection<FullJourneyGroup>]
public sealed class RealSampleTests(FullJourney full)
{
    // Relative, for single figures.
    private static readonly Dictionary<string, double> Tolerances = new(StringComparer.Ordinal)
    {
        ["mean line value"] = 0.08,
        ["share of lines with a retail discount"] = 0.08,
        ["retail discount per unit of sales"] = 0.30,
        ["share of lines with a coupon"] = 0.25,
        ["share of lines with quantity 1"] = 0.03,
        ["share of lines with quantity 2"] = 0.10,
        ["share of lines with quantity 0"] = 0.25,
        ["lines per basket, thinned"] = 0.10,
        ["share of lines of private label"] = 0.15,
        ["share of lines of GROCERY"] = 0.05,
        ["share of sales of fuel"] = 0.40,
        ["distinct products"] = 0.12,
        ["distinct households"] = 0.05,
    };

    // Largest difference of a point: relative for quantiles (with one unit of grace for small counts), absolute for shares.
    private static readonly Dictionary<string, (double Relative, double Absolute)> CurveTolerances = new(StringComparer.Ordinal)
    {
        ["lines-per-household"] = (0.30, 1),
        ["line-value"] = (0.25, 0.05),
        ["hours"] = (0, 0.01),
        ["weekdays"] = (0, 0.012),
        ["products"] = (0, 0.05),
        ["stores"] = (0, 0.06),
        ["days"] = (0.12, 0),
    };

    [Fact]
    public void Generate_FullSize_LooksLikeTheRealSample()
    {
        Assert.SkipUnless(CompleteJourneySample.Exists, CompleteJourneySample.Missing);
        var sample = PanelSample.Read(CompleteJourneySample.Folder ?? throw new InvalidOperationException(CompleteJourneySample.Missing));
        var real = new Marginals(sample);
        var generated = new Marginals(PanelSample.Read(full.Real.Folder, sample.Lines.Count));
        var failures = Figures(real, generated).Concat(Curves(real, generated)).Concat(Commodities(real, generated)).ToList();
        failures.ShouldBeEmpty();
    }

    [Fact]
    public void Generate_FullSize_HasTheShapeOfTheFullData()
    {
        // The numbers of the original full files; the original has 2,595,732 lines and 276,484 baskets.
        var journey = full.Real;
        journey.Truth.Lines.ShouldBeInRange(2_465_000, 2_725_000);
        journey.Truth.Baskets.ShouldBeInRange(262_000, 291_000);
        journey.Truth.Households.ShouldBe(2_500);
        journey.Count("product").ShouldBe(92_353);
        journey.Count("hh_demographic").ShouldBe(801);
        journey.Rows("campaign_desc").CountBy(fields => fields[0], StringComparer.Ordinal).ShouldBe(
            [KeyValuePair.Create("TypeA", 5), KeyValuePair.Create("TypeB", 19), KeyValuePair.Create("TypeC", 6)], ignoreOrder: true);
        journey.Count("campaign_table").ShouldBeInRange(6_100, 8_300);
        journey.Rows("campaign_table").Select(fields => fields[1]).Distinct(StringComparer.Ordinal).Count().ShouldBeInRange(1_350, 1_820);
        journey.Count("coupon").ShouldBeInRange(100_000, 150_000);
        journey.Rows("coupon").Select(fields => fields[0]).Distinct(StringComparer.Ordinal).Count().ShouldBeInRange(1_020, 1_250);
        journey.Count("coupon_redempt").ShouldBeInRange(1_850, 2_800);
        journey.Rows("coupon_redempt").Select(fields => fields[0]).Distinct(StringComparer.Ordinal).Count().ShouldBeInRange(345, 520);
        journey.Rows("product").Select(fields => fields[2]).Distinct(StringComparer.Ordinal).Count().ShouldBe(44);
        journey.Rows("product").Select(fields => fields[4]).Distinct(StringComparer.Ordinal).Count().ShouldBeInRange(300, 315);
    }

    private static IEnumerable<string> Figures(Marginals real, Marginals generated) => real.Figures().Zip(generated.Figures())
        .Where(pair => Math.Abs((pair.Second.Value / pair.First.Value) - 1) > Tolerances[pair.First.Name])
        .Select(pair => $"{pair.First.Name}: {pair.First.Value:0.####} really, {pair.Second.Value:0.####} generated");

    private static IEnumerable<string> Curves(Marginals real, Marginals generated) =>
        from pair in real.Curves().Zip(generated.Curves())
        let tolerance = CurveTolerances[pair.First.Name]
        from point in pair.First.Values.Zip(pair.Second.Values, pair.First.Labels)
        where Math.Abs(point.First - point.Second) > tolerance.Absolute + (tolerance.Relative * point.First)
        select $"{pair.First.Name} at {point.Third}: {point.First:0.####} really, {point.Second:0.####} generated";

    /// <summary>Half the sum of the differences: the share of the lines that would have to move to another commodity.</summary>
    private static IEnumerable<string> Commodities(Marginals real, Marginals generated)
    {
        var (one, other) = (real.Commodities(), generated.Commodities());
        var distance = one.Keys.Union(other.Keys, StringComparer.Ordinal).Sum(name => Math.Abs(one.GetValueOrDefault(name) - other.GetValueOrDefault(name))) / 2;
        return distance > 0.12 ? [$"commodities: {distance:0.###} of the lines apart"] : [];
    }
}
