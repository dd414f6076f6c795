using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Tests;

public sealed class DeterminismTests(TinyJourney tiny) : IClassFixture<TinyJourney>
{
    private static readonly JourneyOptions Small = TinyJourney.Options;

    [Fact]
    public async Task WriteCsv_SameSeedAnyParallelism_GivesTheSameBytes()
    {
        var one = await GeneratedJourney.Make(Small with { Parallelism = 2, DefectRate = 0.001 });
        foreach (var parallelism in (int[])[1, 7])
        {
            var other = await GeneratedJourney.Make(Small with { Parallelism = parallelism, DefectRate = 0.001 });
            foreach (var dataset in DatasetNames.All)
            {
                other.Bytes(dataset).AsSpan().SequenceEqual(one.Bytes(dataset)).ShouldBeTrue($"{dataset}, {parallelism}");
            }

            other.Truth.SalesValue.ShouldBe(one.Truth.SalesValue);
            other.Truth.Campaigns.ShouldBe(one.Truth.Campaigns);
            other.Truth.Complements.ShouldBe(one.Truth.Complements);
        }
    }

    [Fact]
    public async Task WriteCsv_AnotherSeed_GivesOtherBytes()
    {
        var other = await GeneratedJourney.Make(Small with { Seed = 1 });
        foreach (var dataset in DatasetNames.All)
        {
            other.Bytes(dataset).AsSpan().SequenceEqual(tiny.Journey.Bytes(dataset)).ShouldBeFalse(dataset);
        }
    }

    [Fact]
    public async Task WriteCsv_IncrementsOfDays_AddUpToTheFullRun()
    {
        string[] datasets = [DatasetNames.Transactions, DatasetNames.CouponRedemptions];
        var rows = datasets.ToDictionary(dataset => dataset, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var days in new[] { new DayRange(1, 399), new DayRange(400, 400), new DayRange(401, 9_999) })
        {
            var part = await GeneratedJourney.Make(Small with { Days = days });
            part.Datasets.ShouldBe(datasets, ignoreOrder: true);
            part.Truth.SalesValue.ShouldBe(tiny.Journey.Truth.SalesValue);
            foreach (var (dataset, lines) in rows)
            {
                lines.AddRange(part.Lines(dataset)[1..^1]);
            }
        }

        foreach (var (dataset, lines) in rows)
        {
            lines.Count.ShouldBeGreaterThan(5, dataset);
            lines.ShouldBe(tiny.Journey.Lines(dataset)[1..^1]);
        }
    }

    [Fact]
    public async Task WriteCsv_FewerWeeks_GivesTheBeginningOfTheSameTransactions()
    {
        var whole = tiny.Journey.Lines(DatasetNames.Transactions);
        var begin = (await GeneratedJourney.Make(Small with { Weeks = 40 }, DatasetNames.Transactions)).Lines(DatasetNames.Transactions)[..^1];

        // Week 40 ends with day 278: days 1 to 5 are week 1, then seven days each.
        begin[1..].ShouldAllBe(row => int.Parse(row.Split(',', 4)[2]) <= 278);
        begin.ShouldBe(whole[..begin.Length]);
        int.Parse(whole[begin.Length].Split(',', 4)[2]).ShouldBeGreaterThan(278);
    }

    [Fact]
    public void Create_OptionsOutsideTheirLimits_Throws()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => JourneyGenerator.Create(new JourneyOptions { Scale = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => JourneyGenerator.Create(new JourneyOptions { Weeks = 103 }));
        Should.Throw<ArgumentOutOfRangeException>(() => JourneyGenerator.Create(new JourneyOptions { DefectRate = 0.6 }));
        Should.Throw<ArgumentOutOfRangeException>(() => JourneyGenerator.Create(new JourneyOptions { Days = new DayRange(5, 4) }));
    }
}
