using System.Diagnostics;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading;

/// <summary>The rows of one file, written aside, with those that were set aside. Disposing removes what was not kept.</summary>
/// <param name="originalLines">See <see cref="BatchWriter.OriginalLines"/>.</param>
internal sealed class StagedRows(
    LakeTable table, LakeLayout layout, ActivitySource activities, int keptRows, IReadOnlyDictionary<long, long>? originalLines) : IAsyncDisposable
{
    private ReadTotals? _totals;

    internal LakeTable Table => table;

    internal QuarantineSpool Quarantine { get; } = new(layout, keptRows);

    internal BatchWriter Writer { get; } = new(table, layout, activities) { OriginalLines = originalLines };

    /// <summary>The written file; null when there was no row.</summary>
    internal StagedFile? File => Writer.File;

    /// <summary>What was counted, once the file is read.</summary>
    internal ReadTotals Totals => _totals ?? throw new InvalidOperationException("Only a file that was read to its end has totals.");

    /// <summary>The name of the file in the archive that was sent; null when the file itself was.</summary>
    internal string? EntryName { get; set; }

    /// <summary>The file is read: settles the rows whose key came before, and takes what was counted.</summary>
    internal void Complete(RowLoader loader, byte[] sha256, long bytes)
    {
        Settle(loader.Rows);
        _totals = new ReadTotals(
            Convert.ToHexStringLower(sha256),
            bytes,
            loader.Rows.Read,
            loader.Rows.Deduplicated,
            loader.BlankLines,
            loader.MultilineFields,
            loader.FirstMultilineLine,
            loader.Rows.Sales,
            [.. loader.FileColumns.Select(column => table.Columns[column].Name)]);
    }

    public async ValueTask DisposeAsync()
    {
        Quarantine.Dispose();
        await Writer.DisposeAsync();
    }

    private void Settle(RowAdmission rows)
    {
        if (rows.Repeated.Count == 0 || File is not { } file)
        {
            return;
        }

        var conflicts = 0;
        foreach (var row in RepeatedKeys.Conflicts(table, rows.Repeated, file.CurrentPath))
        {
            Quarantine.Add(row.Line, row.ByteOffset, RowFaults.Conflict(table), row.Raw);
            conflicts++;
        }

        rows.Deduplicated += rows.Repeated.Count - conflicts;
    }
}

/// <summary>What was counted of a file that was read to its end.</summary>
/// <param name="Sha256">Of the decompressed bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Decompressed bytes.</param>
/// <param name="Read">Rows: neither header nor blank lines.</param>
/// <param name="Deduplicated">Repeats counted once.</param>
/// <param name="MultilineFields">Fields of good rows that span lines.</param>
/// <param name="FirstMultilineLine">The line of the first row with such a field; null when there is none.</param>
/// <param name="Sales">Sums of SALES_VALUE; null for a table without it.</param>
/// <param name="FileColumns">The table's column names in the order of the rows' fields.</param>
internal sealed record ReadTotals(
    string Sha256,
    long Bytes,
    long Read,
    long Deduplicated,
    long BlankLines,
    long MultilineFields,
    long? FirstMultilineLine,
    SalesSums? Sales,
    string[] FileColumns);
