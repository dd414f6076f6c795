using System.Globalization;
using System.Text;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>Reads a small file with the service's own reader, without HTTP, database or disk but for the quarantine.</summary>
internal static class ServiceReader
{
    /// <param name="piece">Bytes per read of the body, and per step of the row reader.</param>
    internal static async Task<ReadFile> ReadAsync(LakeTable table, byte[] body, int piece, LakeLayout layout, bool isKnownWhole = false)
    {
        using var spool = new QuarantineSpool(layout, capacity: 100_000);
        var options = new IngestionOptions();
        var upload = new Upload(table, new PiecewiseStream(body, piece), Length: null, ContentDigests.None, ErrorBudget.Default(options));
        try
        {
            if ((await UploadContent.OpenAsync(upload, layout, options, CancellationToken.None)).IsRefused(out _, out var content))
            {
                return ReadFile.Refused;
            }

            await using (content)
            {
                using var loader = new RowLoader(table, spool, options) { Offset = content.MarkLength, IsTranscoded = content.IsTranscoded, IsKnownWhole = isKnownWhole };
                return Feed(loader, await TextAsync(content), piece) && loader.End() is null ? Result(table, loader, spool) : ReadFile.Refused;
            }
        }
        catch (RejectedContentException)
        {
            // A stream of the content: damaged, or too large when decompressed.
            return ReadFile.Refused;
        }
    }

    private static async Task<byte[]> TextAsync(UploadContent content)
    {
        using var text = new MemoryStream();
        var buffer = new byte[8_192];
        while (await content.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
        {
            text.Write(buffer, 0, read);
        }

        return text.ToArray();
    }

    /// <summary>False when the file is refused.</summary>
    private static bool Feed(RowLoader loader, byte[] text, int piece)
    {
        var (start, end) = (0, 0);
        do
        {
            end = Math.Min(end + piece, text.Length);
            var step = loader.Take(text.AsSpan(start..end), isLast: end == text.Length, out var taken);
            if (step is LoadStep.Refused)
            {
                loader.Rejection.ShouldNotBeNull();
                return false;
            }

            step.ShouldBe(LoadStep.NeedsData);
            start += taken;
        }
        while (end < text.Length);

        start.ShouldBe(text.Length);
        return true;
    }

    private static ReadFile Result(LakeTable table, RowLoader loader, QuarantineSpool spool)
    {
        var rows = Enumerable.Range(0, loader.Batch.Rows).Select(row => string.Join('|', table.Columns.Index().Select(column => Value(column.Item, loader.Batch.Columns[column.Index], row)))).ToList();

        // A repeated key of the promotion data is judged at the end, from the written file: here from its first row.
        var dense = DenseKeyColumns.Of(table);
        var conflicts = loader.Rows.Repeated
            .Where(repeat => Enumerable.Range(0, loader.Batch.Rows).Select(row => dense.ShouldNotBeNull().Row(loader.Batch, row)).First(row => row.Key == repeat.Row.Key).Content != repeat.Row.Content)
            .Select(repeat => (repeat.Line, repeat.ByteOffset));
        var quarantined = spool.Rows(spool.Count).Select(row => (row.Line, row.ByteOffset)).Concat(conflicts).ToList();
        var settled = loader.Rows.Repeated.Count + spool.Count - quarantined.Count;
        return new ReadFile(IsRefused: false, loader.Rows.Read, loader.Rows.Deduplicated + settled, loader.BlankLines, rows, quarantined);
    }

    private static string Value(LakeColumn column, ColumnBuffer buffer, int row) => buffer switch
    {
        Int32Buffer numbers => numbers.Values[row].ToString(CultureInfo.InvariantCulture),
        Int64Buffer numbers => numbers.Values[row].ToString(CultureInfo.InvariantCulture),
        CodeBuffer codes => (column.Codes ?? [])[codes.Values[row]],
        TextBuffer texts => Encoding.UTF8.GetString(texts.Text(row)),
        _ => throw new InvalidOperationException($"{column.Name} has a buffer of no known kind."),
    };
}
