using Dunnhumby.Dashboard.Web.Uploads;

namespace Dunnhumby.Dashboard.Web.Tests.Uploads;

public sealed class DatasetGuessTests
{
    [Theory]
    [InlineData("transaction_data.csv", "transaction_data")]
    [InlineData("CAUSAL_DATA.CSV.GZ", "causal_data")]
    [InlineData("coupon_redempt-2.csv.zst", "coupon_redempt")]
    [InlineData("coupon.csv", "coupon")]
    [InlineData("product (1).csv", "product")]
    [InlineData("holiday.csv", null)]
    [InlineData("", null)]
    public void From_FileName_IsTheLongestDatasetItBeginsWith(string fileName, string? expected) => DatasetGuess.From(fileName).ShouldBe(expected);
}
