using Dunnhumby.Dashboard.Web.Lineage;

namespace Dunnhumby.Dashboard.Web.Tests.Lineage;

public sealed class LineageLayoutTests
{
    private static readonly LineageLayout Layout = LineageLayout.Of(LineageSample.Graph);

    /// <summary>
    /// Steps from the data sets: lines 1, spend 2; published tables stand right of spend, at 3, and summary behind daily at 4. Notices are made from summary: 5.
    /// Pages come last: 6.
    /// </summary>
    [Theory]
    [InlineData("transaction_data", 0)]
    [InlineData("coupon", 0)]
    [InlineData("lines", 1)]
    [InlineData("spend", 2)]
    [InlineData("daily", 3)]
    [InlineData("summary", 4)]
    [InlineData("notices", 5)]
    [InlineData("page /days", 6)]
    [InlineData("page /days/{Day}", 6)]
    public void Of_EveryTableAndPage_StandsInItsLayer(string name, int layer)
    {
        var columns = Layout.Boxes.Select(box => box.X).Distinct().Order().ToList();

        columns.IndexOf(Box(name).X).ShouldBe(layer);
    }

    [Fact]
    public void Of_Boxes_DoNotOverlapAndLieWithinTheDrawing()
    {
        foreach (var (index, box) in Layout.Boxes.Index())
        {
            box.X.ShouldBeGreaterThanOrEqualTo(0);
            (box.X + box.Width).ShouldBeLessThanOrEqualTo(Layout.Width);
            (box.Y + box.Height).ShouldBeLessThanOrEqualTo(Layout.Height);
            Layout.Boxes.Skip(index + 1).ShouldNotContain(
                other => box.X < other.X + other.Width && other.X < box.X + box.Width && box.Y < other.Y + other.Height && other.Y < box.Y + box.Height, box.Name);
        }
    }

    [Fact]
    public void Of_Lines_LeadFromLeftToRightBetweenWhatIsJoined()
    {
        // Inputs of tables: 1 + 1 + 1 + 3 + 1. Pages show daily, and daily and summary. The page of the lineage shows no table.
        Layout.Lines.Count.ShouldBe(10);
        foreach (var line in Layout.Lines)
        {
            Box(line.From).X.ShouldBeLessThan(Box(line.To).X, line.Path);
        }

        Layout.Boxes.Any(box => box.Name is "page /lineage").ShouldBeFalse();
    }

    [Fact]
    public void Related_OfATable_IsWhatItIsMadeFromAndWhatIsMadeFromIt()
    {
        Layout.Related("spend").ShouldBe(["spend", "lines", "transaction_data", "summary", "notices", "page /days/{Day}"], ignoreOrder: true);
        Layout.Related("coupon").ShouldBe(["coupon", "summary", "notices", "page /days/{Day}"], ignoreOrder: true);
    }

    private static LineageBox Box(string name) => Layout.Boxes.Single(box => string.Equals(box.Name, name, StringComparison.Ordinal));
}
