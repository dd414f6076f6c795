using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// SALES_VALUE of the rows of one file in cents, summed where the reader meets them: apart from what is written, so that a row that is lost or doubled
/// between reading and writing shows.
/// </summary>
internal sealed class SalesSums
{
    private const string Header = "SALES_VALUE";

    /// <summary>A billion dollars: no line of a shop, and 90 million of them still fit into the sum.</summary>
    private const long ReadableCents = 100_000_000_000;

    /// <summary>Any plain amount, also one that the contract does not take.</summary>
    private static readonly LakeColumn Amount = new(Header, ColumnKind.Money) { Min = -ReadableCents, Max = ReadableCents };

    private SalesSums(int column) => Column = column;

    /// <summary>The column's position in the table.</summary>
    internal int Column { get; }

    /// <summary>Of every row whose amount could be read.</summary>
    internal long Read { get; set; }

    /// <summary>Of the rows set aside whose amount could be read.</summary>
    internal long Quarantined { get; set; }

    /// <summary>Of repeats counted once.</summary>
    internal long Deduplicated { get; set; }

    /// <summary>Rows set aside whose amount cannot be read.</summary>
    internal long UnreadableRows { get; private set; }

    /// <summary>Null for a table without the column.</summary>
    internal static SalesSums? For(LakeTable table)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (string.Equals(table.Columns[column].Header, Header, StringComparison.Ordinal))
            {
                return new SalesSums(column);
            }
        }

        return null;
    }

    /// <summary>Counts a row that is set aside.</summary>
    /// <param name="columns">For each column of the file its position in the table.</param>
    internal void Quarantine(RowSplitter row, int[] columns)
    {
        // With a field too few or too many, or quotes that do not close, no field is known to be where it belongs.
        var field = Array.IndexOf(columns, Column);
        if (row.Fields != columns.Length || row.QuoteFault is not null || NumberText.Read(row.Field(field), Amount, out var cents) is not null)
        {
            UnreadableRows++;
            return;
        }

        Read += cents;
        Quarantined += cents;
    }
}
