using CsvHelper;
using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Quarantined rows as CSV that is safe to open in a spreadsheet.</summary>
internal static class QuarantineCsv
{
    internal const string ContentType = "text/csv";

    /// <summary>The media types of the quarantine, the default first.</summary>
    internal static readonly string[] Forms = ["application/json", ContentType];

    internal static async Task WriteAsync(IAsyncEnumerable<QuarantinedRow> rows, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        await csv.WriteRecordAsync(["line", "byte_offset", "column", "reason", "message", "raw_text"], cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            csv.WriteField(row.Line);
            csv.WriteField(row.ByteOffset);
            csv.WriteField(row.Column);
            csv.WriteField(row.Reason);
            csv.WriteField(row.Message);
            csv.WriteField(row.RawText);
            await csv.EndRecordAsync(cancellationToken);
        }
    }
}
