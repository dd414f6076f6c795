using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>The key of a causal row, and what it says packed into one number.</summary>
internal static class CausalRow
{
    private const int CodeSpan = 256;

    internal static ((int Product, int Store, int Week) Key, int Content) Of(RowBatch batch, int row)
    {
        int Number(int column) => ((Int32Buffer)batch.Columns[column]).Values[row];
        int Code(int column) => ((CodeBuffer)batch.Columns[column]).Values[row];
        return ((Number(0), Number(1), Number(2)), Content(Code(3), Code(4)));
    }

    /// <summary>Two codes, by their positions in the code lists of <see cref="LakeTables.Causal"/>.</summary>
    internal static int Content(int display, int mailer) => (display * CodeSpan) + mailer;
}
