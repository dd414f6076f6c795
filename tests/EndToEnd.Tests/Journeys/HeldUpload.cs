using System.Globalization;
using System.Net;
using System.Text;

namespace Dunnhumby.EndToEnd.Tests.Journeys;

/// <summary>
/// Transactions whose upload stops half-way until it is told to go on. Each of the households, 101 and following, buys for 0.50 a line, on the days 200 and 201 in
/// turn, so that all of its lines count: 8,000 lines make 4,000.00.
/// </summary>
internal sealed class HeldUpload(int households, int linesOfEach)
{
    private const string Header = "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,COUPON_MATCH_DISC\n";
    private const decimal Price = 0.50m;

    private readonly TaskCompletionSource _halfIsSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal int Rows => households * linesOfEach;

    internal Task HalfIsSent => _halfIsSent.Task;

    /// <summary>As the summary of households has them.</summary>
    internal IEnumerable<(string Household, string Sales)> Sales =>
        Enumerable.Range(101, households).Select(household => (household.ToString(CultureInfo.InvariantCulture), (linesOfEach * Price).ToString("F2", CultureInfo.InvariantCulture)));

    internal Stream Whole() => new MemoryStream(Content());

    internal HttpContent Held() => new HeldContent(this, Content());

    internal void SendTheRest() => _goOn.SetResult();

    private byte[] Content()
    {
        var text = new StringBuilder(Header);
        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{101 + (row % households)},{28_000_000_000 + row},{200 + (row / households % 2)},11,1,{Price},300,0,930,29,0,0\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed class HeldContent(HeldUpload upload, byte[] content) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = content.Length / 2;
            await stream.WriteAsync(content.AsMemory(0, half));
            await stream.FlushAsync();
            upload._halfIsSent.TrySetResult();
            await upload._goOn.Task;
            await stream.WriteAsync(content.AsMemory(half));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
