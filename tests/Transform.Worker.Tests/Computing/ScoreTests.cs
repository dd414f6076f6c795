using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

public sealed class ScoreTests : IDisposable
{
    private readonly TestLake _lake = new();

    [Theory]
    [InlineData(525, 1)]
    [InlineData(526, 2)]
    [InlineData(615, 2)]
    [InlineData(616, 3)]
    [InlineData(675, 3)]
    [InlineData(676, 4)]
    [InlineData(700, 4)]
    [InlineData(701, 5)]
    public async Task Recency_OfLastDay_HasStatedLimits(int lastDay, int expected)
    {
        using var computed = await ComputeAsync([Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, lastDay, 1, "1.00")]);

        computed.Row("select r_score from household_summary").ShouldBe($"{expected}");
    }

    [Fact]
    public async Task Monetary_WithTies_NeverSplitsEqualSpend()
    {
        // Seven households spend 1 1 1 1 1 2 9. The cuts are the elements 1, 2, 3, 4 (floor(6k/5)), all of them 1: whoever spends 1 scores 1, others 5.
        // SQL's ntile would give the five equal ones the tiles 1 1 2 2 3.
        using var computed = await ComputeAsync(Spending("0.50", "0.50", "0.50", "0.50", "0.50", "1.00", "4.50"));

        computed.Rows("select household_key, m_score from household_summary order by 1").ShouldBe(["1 1", "2 1", "3 1", "4 1", "5 1", "6 5", "7 5"]);
    }

    [Fact]
    public async Task Monetary_OfTenDifferentSpends_HasTwoPerQuintile()
    {
        // Ten values: the cuts are the elements floor(9k/5) = 1, 3, 5, 7, and a value equal to a cut does not exceed it.
        using var computed = await ComputeAsync(Spending("0.10", "0.20", "0.30", "0.40", "0.50", "0.60", "0.70", "0.80", "0.90", "1.00"));

        computed.Rows("select m_score from household_summary order by household_key").ShouldBe(["1", "1", "2", "2", "3", "3", "4", "4", "5", "5"]);
    }

    [Fact]
    public async Task Frequency_OfEqualRatios_IsATie()
    {
        // Baskets per day: 2 in 6 days, 3 in 9 days, 1 in 3 days (two lines of one basket on days 101 and 103): all 1/3; 2 in 2 days: 1.
        using var computed = await ComputeAsync(
        [
            Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 106, 1, "1.00"),
            Rows.Line(2, 20, 101, 1, "1.00"), Rows.Line(2, 21, 102, 1, "1.00"), Rows.Line(2, 22, 109, 1, "1.00"),
            Rows.Line(3, 30, 101, 1, "1.00"), Rows.Line(3, 30, 103, 1, "1.00"),
            Rows.Line(4, 40, 101, 1, "1.00"), Rows.Line(4, 41, 102, 1, "1.00"),
        ]);

        // Four values 1/3 1/3 1/3 1: the cuts are the elements floor(3k/5) = 0, 1, 1, 2, all 1/3.
        computed.Rows("select household_key, baskets, f_score from household_summary order by 1").ShouldBe(["1 2 1", "2 3 1", "3 1 1", "4 2 5"]);
    }

    [Fact]
    public async Task Scores_AddUpToScoreAndBin()
    {
        // One household: its own values are the cuts, which it does not exceed: f and m are 1. r is 5 after DAY 700: 7 in all, bin 2.
        using var computed = await ComputeAsync([Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 701, 1, "1.00")]);

        computed.Row("select r_score, f_score, m_score, rfm_score, rfm_bin, r_score_relative from household_summary").ShouldBe("5 1 1 7 2 1");
    }

    private async Task<Computed> ComputeAsync(IEnumerable<string> lines)
    {
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));
        _lake.Add(DatasetNames.Transactions, lines);
        return await Computed.FromAsync(_lake);
    }

    /// <summary>Households 1, 2, … that spend the amount on each of two days.</summary>
    private static IEnumerable<string> Spending(params IEnumerable<string> amounts) => amounts.SelectMany((amount, index) => new[]
    {
        Rows.Line(index + 1, (index * 10) + 1, 101, 1, amount),
        Rows.Line(index + 1, (index * 10) + 2, 102, 1, amount),
    });

    public void Dispose() => _lake.Dispose();
}
