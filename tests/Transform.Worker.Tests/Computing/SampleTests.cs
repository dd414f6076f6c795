using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>The figures of the real sample that the data set's description states; none comes from our own output.</summary>
public sealed class SampleTests(SampleTests.ComputedSample sample) : IClassFixture<SampleTests.ComputedSample>
{
    [Fact(SkipUnless = nameof(CompleteJourneySample.Exists), SkipType = typeof(CompleteJourneySample), Skip = CompleteJourneySample.Missing)]
    public void Cleaning_OfSample_CountsEveryStep() => sample.Figures.Rows("select code, count from notices where code like 'lines%' order by ordinal").ShouldBe(
    [
        "lines_read 75000",
        "lines_zero 529", // 75,000 - 74,471
        "lines_outside_days 0",
        "lines_unknown_product 1", // 74,471 - 74,470
        "lines_excluded_commodity 764", // 74,470 - 73,706
        "lines_single_day_households 153", // 73,706 - 73,553
        "lines_cleaned 73553",
    ]);

    [Fact(SkipUnless = nameof(CompleteJourneySample.Exists), SkipType = typeof(CompleteJourneySample), Skip = CompleteJourneySample.Missing)]
    public void QuantityRule_OfSample_KeepsStatedLines() => sample.Figures.Row("select count(*) from transaction_data where quantity > 0").ShouldBe("74584");

    [Theory(SkipUnless = nameof(CompleteJourneySample.Exists), SkipType = typeof(CompleteJourneySample), Skip = CompleteJourneySample.Missing)]
    [InlineData("select count(*), sum(total_sales) from household_summary", "2262 213783.05")]
    [InlineData("select count(*), sum(total_sales) from household_summary where has_demographics", "801 121250.61")]
    [InlineData("select count(*), sum(total_sales) from daily_household_spend", "44638 213783.05")]
    [InlineData("select count(*), sum(sales_value) from daily_campaign_sales", "6882 347360.56")]
    [InlineData("select sum(sales_value) filter (part = 'loaded'), sum(sales_value) filter (part = 'shown') from excluded_sales", "233935.24 213783.05")]
    [InlineData("select count(*) from campaign_summary", "27")]
    [InlineData("select sum(sales_value), sum(lines) from daily_sales", "213783.05 73553")]
    [InlineData("select rows, keys from orphans where dataset = 'transaction_data'", "222 5")]
    [InlineData("select rows, keys from orphans where dataset = 'coupon' and target = 'product'", "16 6")]
    [InlineData("select keys from orphans where dataset = 'campaign_table' and target = 'transaction_data'", "2")]
    [InlineData("select count(*), count(*) filter (is_target_loaded), count(*) filter (rows > 0) from orphans", "11 11 3")]
    public void Table_OfSample_HasStatedFigures(string query, string expected) => sample.Figures.Row(query).ShouldBe(expected);

    public sealed class ComputedSample : IAsyncLifetime
    {
        private readonly TestLake _lake = new();
        private Computed? _figures;

        internal Computed Figures => _figures ?? throw new InvalidOperationException(CompleteJourneySample.Missing);

        public async ValueTask InitializeAsync()
        {
            if (CompleteJourneySample.Exists)
            {
                foreach (var dataset in DatasetNames.All)
                {
                    _lake.AddFile(dataset, CompleteJourneySample.FileOf(dataset));
                }

                _figures = await Computed.FromAsync(_lake, scheduled: true);
            }
        }

        public ValueTask DisposeAsync()
        {
            _figures?.Dispose();
            _lake.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
