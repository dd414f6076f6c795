using System.Diagnostics;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Reading;

/// <summary>Reads a file from its first byte to its last: body → decompression → SHA-256 → rows → Parquet aside.</summary>
internal sealed class UploadReader(LakeLayout layout, IngestionTelemetry telemetry, IOptions<IngestionOptions> options, TimeProvider time)
{
    /// <summary>Reads the whole file. The caller disposes what it gets.</summary>
    /// <param name="progress">Says which id the load will have, and is told how far the reading is.</param>
    /// <exception cref="RejectedContentException">The file is refused.</exception>
    internal async Task<StagedLoad> ReadAsync(Upload upload, UploadProgress progress, CancellationToken cancellationToken)
    {
        var staged = new StagedLoad(upload, progress.Id, layout, telemetry.Activities, options.Value);
        try
        {
            await ReadAsync(staged, progress, cancellationToken);
            return staged;
        }
        catch
        {
            await staged.DisposeAsync();
            throw;
        }
    }

    private async Task ReadAsync(StagedLoad staged, UploadProgress progress, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity("parse");
        var upload = staged.Upload;
        await using var content = await UploadContent.OpenAsync(upload, layout, options.Value, cancellationToken);
        using var loader = new RowLoader(upload.Table, staged.Quarantine, options.Value) { Offset = content.MarkLength, IsTranscoded = content.IsTranscoded };
        await new FileReading(upload, content, loader, staged.Writer, progress).RunAsync(cancellationToken);
        staged.Quarantine.FileColumns = [.. loader.FileColumns.Select(column => upload.Table.Columns[column].Name)];
        if (loader.Rows.Repeated.Count > 0 && staged.File is { } file)
        {
            Settle(loader, staged.Quarantine, file.CurrentPath, upload);
        }

        activity?.SetTag("dunnhumby.dataset", upload.Table.Name).SetTag("dunnhumby.rows", loader.Rows.Read).SetTag("dunnhumby.bytes", content.PlainBytes);
        staged.Entity = Entity(staged, content, loader, progress.ReceivedAt);
    }

    private static void Settle(RowLoader loader, QuarantineSpool quarantine, string path, Upload upload)
    {
        var conflicts = 0;
        foreach (var row in RepeatedKeys.Conflicts(upload.Table, loader.Rows.Repeated, path))
        {
            quarantine.Add(row.Line, row.ByteOffset, RowFaults.Conflict(upload.Table), row.Raw);
            conflicts++;
        }

        loader.Rows.Deduplicated += loader.Rows.Repeated.Count - conflicts;
    }

    private LoadEntity Entity(StagedLoad staged, UploadContent content, RowLoader loader, DateTimeOffset receivedAt)
    {
        var quarantined = staged.Quarantine.Count;
        var fails = staged.Upload.Budget.IsExceeded(quarantined, loader.Rows.Read) || quarantined > options.Value.MaxQuarantinedRows;
        var sales = Dollars(staged.Writer.SalesCents);
        return new LoadEntity
        {
            Id = staged.Id,
            Dataset = staged.Upload.Table.Name,
            State = fails ? LoadStates.Failed : LoadStates.Completed,
            Sha256 = Convert.ToHexStringLower(content.PlainSha256()),
            Bytes = content.PlainBytes,
            Read = loader.Rows.Read,
            Loaded = fails ? 0 : staged.Writer.Rows,
            Quarantined = quarantined,
            Deduplicated = loader.Rows.Deduplicated,
            BlankLines = loader.BlankLines,
            SalesValue = fails ? null : sales,
            ReceivedAt = receivedAt,
            CompletedAt = time.GetCatalogNow(),
            TraceId = Activity.Current?.TraceId.ToHexString(),
            Discarded = fails ? staged.Writer.Rows : 0,
            SalesRead = Dollars(loader.Rows.Sales?.Read),
            SalesQuarantined = Dollars(loader.Rows.Sales?.Quarantined),
            SalesDeduplicated = Dollars(loader.Rows.Sales?.Deduplicated),
            SalesDiscarded = loader.Rows.Sales is null ? null : fails ? sales ?? 0 : 0,
            SalesUnreadableRows = loader.Rows.Sales?.UnreadableRows,
            MultilineFields = loader.MultilineFields,
            FirstMultilineLine = loader.FirstMultilineLine,
            BatchId = staged.Upload.BatchId,
            KeyFingerprint = staged.Upload.Key,
            FileColumns = staged.Quarantine.FileColumns,
        };
    }

    private static decimal? Dollars(long? cents) => cents / 100m;
}

/// <summary>Moves an upload's text through the row loader into the batch writer, block by block.</summary>
internal sealed class FileReading(Upload upload, UploadContent content, RowLoader loader, BatchWriter writer, UploadProgress progress)
{
    /// <summary>Text gathered before it is parsed: the network delivers in pieces of a few kilobytes.</summary>
    private const int BlockBytes = 256 * 1_024;

    private byte[] _buffer = new byte[2 * BlockBytes];
    private int _start;
    private int _end;

    /// <summary>Reads to the end. When it returns, the written file is complete.</summary>
    /// <exception cref="RejectedContentException">The file is refused.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        bool isLast;
        do
        {
            isLast = !await FillAsync(cancellationToken);
            if (isLast)
            {
                CheckDeclared();
                loader.IsKnownWhole = upload.Digests.Any;
            }

            await ParseAsync(isLast, cancellationToken);
            progress.Report(content.BodyBytes, loader.Rows.Read, loader.Rows.Quarantined);
        }
        while (!isLast);

        loader.End();
        await writer.CompleteAsync(loader.Batch, cancellationToken);
    }

    private async Task ParseAsync(bool isLast, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = loader.Take(_buffer.AsSpan(_start.._end), isLast, out var taken);
            _start += taken;
            if (step == LoadStep.NeedsData)
            {
                return;
            }

            loader.Batch = await writer.ExchangeAsync(loader.Batch, cancellationToken);
        }
    }

    /// <summary>Reads until a block is there; false at the end of the text.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var enough = Math.Min(_buffer.Length, _end + BlockBytes);
        while (_end < enough)
        {
            var read = await content.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        // A row longer than the buffer; the loader refuses one that is too long.
        if (_buffer.Length - _end < BlockBytes)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private void CheckDeclared()
    {
        if (DeclaredContent.Fault(upload.Length, upload.Digests, content.BodyBytes, content.BodyHashes(), content.PlainHashes()) is { } fault)
        {
            throw new RejectedContentException(fault);
        }
    }
}
