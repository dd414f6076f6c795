using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>A batch ends by its rows or by the bytes of its texts, whichever comes first.</summary>
public sealed class RowBatchTests
{
    private const int Commodity = 4;
    private const int TextBytes = 200;

    [Fact]
    public void IsFull_LongTexts_EndsBeforeTheyTakeMoreThanTheirBound()
    {
        var batch = new RowBatch(LakeTables.Products);

        // 4 MiB / 200 = 20,971.52: the row with this number is the first that exceeds them, and the last of the batch.
        Fill(batch).ShouldBe(20_972);
        batch.Clear();
        Fill(batch).ShouldBe(20_972, "an emptied batch is as large as a new one");
    }

    [Fact]
    public void IsFull_ShortTexts_TakesAllRowsOfAGroup()
    {
        var batch = new RowBatch(LakeTables.Products);

        Fill(batch, bytes: 32).ShouldBe(RowBatch.MaxRows);
    }

    private static int Fill(RowBatch batch, int bytes = TextBytes)
    {
        var text = new byte[bytes];
        while (!batch.IsFull)
        {
            if (batch.Rows == batch.Capacity)
            {
                batch.MakeRoom();
            }

            ((TextBuffer)batch.Columns[Commodity]).Set(batch.Rows, text);
            batch.Rows++;
        }

        return batch.Rows;
    }
}
