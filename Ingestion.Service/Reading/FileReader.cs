using System.Security.Cryptography;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Reading;

/// <summary>Reads a file from its first byte to its last: body → decompression → SHA-256 → rows → Parquet aside. The caller disposes what it gets.</summary>
internal sealed class FileReader(LakeLayout layout, IngestionTelemetry telemetry, IOptions<IngestionOptions> options)
{
    /// <summary>Reads a whole upload.</summary>
    /// <param name="progress">Is told how far the reading is.</param>
    internal Task<Result<StagedRows>> ReadAsync(Upload upload, ReadProgress progress, CancellationToken cancellationToken) =>
        StageAsync(upload.Table, options.Value.MaxQuarantinedRows, originalLines: null, staged => ReadAsync(staged, upload, progress, cancellationToken));

    /// <summary>Reads a file of mended rows, which was made here: all of its rows that are quarantined again are kept.</summary>
    /// <param name="originalLines">For the line of each row, that of the row that it mends.</param>
    internal Task<Result<StagedRows>> ReadAsync(
        LakeTable table, byte[] mended, IReadOnlyDictionary<long, long> originalLines, CancellationToken cancellationToken) =>
        StageAsync(table, int.MaxValue, originalLines, staged => ReadAsync(staged, mended, cancellationToken));

    private async Task<Result<StagedRows>> StageAsync(
        LakeTable table, int keptRows, IReadOnlyDictionary<long, long>? originalLines, Func<StagedRows, Task<Rejection?>> read)
    {
        using var activity = telemetry.Activities.StartActivity("parse");
        var staged = new StagedRows(table, layout, telemetry.Activities, keptRows, originalLines);
        var isRead = false;
        try
        {
            if (await read(staged) is { } rejection)
            {
                return rejection;
            }

            activity?.SetTag("dunnhumby.dataset", table.Name).SetTag("dunnhumby.rows", staged.Totals.Read).SetTag("dunnhumby.bytes", staged.Totals.Bytes);
            isRead = true;
            return staged;
        }
        catch (RejectedContentException refused)
        {
            return refused.Rejection;
        }
        finally
        {
            if (!isRead)
            {
                await staged.DisposeAsync();
            }
        }
    }

    private async Task<Rejection?> ReadAsync(StagedRows staged, Upload upload, ReadProgress progress, CancellationToken cancellationToken)
    {
        if ((await UploadContent.OpenAsync(upload, layout, options.Value, cancellationToken)).IsRefused(out var rejection, out var content))
        {
            return rejection;
        }

        await using (content)
        {
            staged.EntryName = content.EntryName;
            using var loader = new RowLoader(upload.Table, staged.Quarantine, options.Value)
            {
                Offset = content.MarkLength,
                IsTranscoded = content.IsTranscoded,
                IsKnownWhole = upload.Digests.Any,
            };
            var reading = new RowReading(content.ReadAsync, loader, staged.Writer)
            {
                Ending = () => DeclaredContent.Fault(upload.Length, upload.Digests, content.BodyBytes, content.BodyHashes(), content.PlainHashes()),
                Parsed = () => progress.Report(content.BodyBytes, loader.Rows.Read, loader.Rows.Quarantined),
            };
            rejection = await reading.RunAsync(cancellationToken);
            if (rejection is null)
            {
                staged.Complete(loader, content.PlainSha256(), content.PlainBytes);
            }

            return rejection;
        }
    }

    private async Task<Rejection?> ReadAsync(StagedRows staged, byte[] mended, CancellationToken cancellationToken)
    {
        // In what the quarantine shows, U+FFFD stands for bytes that were not text, as in transcoded files: it is no text to load.
        using var loader = new RowLoader(staged.Table, staged.Quarantine, options.Value) { IsTranscoded = true };
        using var text = new MemoryStream(mended, writable: false);
        var rejection = await new RowReading(text.ReadAsync, loader, staged.Writer).RunAsync(cancellationToken);
        if (rejection is null)
        {
            staged.Complete(loader, SHA256.HashData(mended), mended.Length);
        }

        return rejection;
    }
}

/// <summary>How far the reading of a file is. Written once per block, read by any request.</summary>
internal sealed class ReadProgress
{
    private long _bytes;
    private long _read;
    private long _quarantined;

    /// <summary>Bytes of the body as sent.</summary>
    internal long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Rows read.</summary>
    internal long Read => Volatile.Read(ref _read);

    /// <summary>Rows set aside.</summary>
    internal long Quarantined => Volatile.Read(ref _quarantined);

    internal void Report(long bytes, long read, long quarantined)
    {
        Volatile.Write(ref _bytes, bytes);
        Volatile.Write(ref _read, read);
        Volatile.Write(ref _quarantined, quarantined);
    }
}
