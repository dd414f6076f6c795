using System.Diagnostics;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Ingestion.Service.Duplicates;
using Dunnhumby.Ingestion.Service.Loads;
using Dunnhumby.Ingestion.Service.Quarantine;
using Dunnhumby.Ingestion.Service.Rows;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>
/// Takes one file from its first byte to the committed load: body → decompression → SHA-256 → rows → Parquet aside → renamed into the lake → one
/// transaction. Whatever goes wrong on the way, neither a load nor a file stays.
/// </summary>
internal sealed partial class UploadPipeline(
    LakeLayout layout,
    LoadRegister register,
    CommitInquiry inquiry,
    IngestionTelemetry telemetry,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<UploadPipeline> logger)
{
    internal async Task<UploadOutcome> RunAsync(Upload upload, CancellationToken cancellationToken)
    {
        var receivedAt = Now();
        await register.EnsureReachableAsync(cancellationToken);
        using var quarantine = new QuarantineSpool(layout, options.Value.MaxQuarantinedRows);
        await using var writer = new BatchWriter(upload.Table, layout, telemetry.Activities);
        try
        {
            var load = await ReadAsync(upload, quarantine, writer, receivedAt, cancellationToken);
            return await RegisterAsync(upload, load, quarantine, writer.File, cancellationToken);
        }
        catch (RejectedContentException refused)
        {
            Log.Refused(logger, upload.Table.Name, refused.Rejection.Code, refused.Rejection.Line);
            return new UploadOutcome.Refused(refused.Rejection);
        }
    }

    /// <summary>Reads the whole file. The load has no id yet.</summary>
    private async Task<Load> ReadAsync(Upload upload, QuarantineSpool quarantine, BatchWriter writer, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity("parse");
        await using var content = await UploadContent.OpenAsync(upload.Body, upload.Digests.Any, options.Value, cancellationToken);
        var loader = new RowLoader(upload.Table, quarantine, options.Value) { Offset = content.MarkLength, IsTranscoded = content.IsTranscoded };
        await new FileReading(upload, content, loader, writer).RunAsync(cancellationToken);
        quarantine.FileColumns = [.. loader.FileColumns.Select(column => upload.Table.Columns[column].Name)];
        if (loader.Repeated.Count > 0 && writer.File is { } file)
        {
            Settle(loader, quarantine, file.CurrentPath, upload);
        }

        activity?.SetTag("dunnhumby.dataset", upload.Table.Name).SetTag("dunnhumby.rows", loader.Read).SetTag("dunnhumby.bytes", content.PlainBytes);
        return new Load(
            Id: 0,
            upload.Table.Name,
            LoadStates.Completed,
            Convert.ToHexStringLower(content.PlainSha256()),
            content.PlainBytes,
            loader.Read,
            writer.Rows,
            quarantine.Count,
            loader.Deduplicated,
            loader.BlankLines,
            writer.SalesCents is { } cents ? cents / 100m : null,
            receivedAt,
            receivedAt,
            Activity.Current?.TraceId.ToHexString());
    }

    private static void Settle(RowLoader loader, QuarantineSpool quarantine, string path, Upload upload)
    {
        var conflicts = 0;
        foreach (var row in RepeatedKeys.Conflicts(loader.Repeated, path))
        {
            quarantine.Add(row.Line, row.ByteOffset, RowFaults.Conflict(upload.Table), row.RawText);
            conflicts++;
        }

        loader.Deduplicated += loader.Repeated.Count - conflicts;
    }

    private async Task<UploadOutcome> RegisterAsync(Upload upload, Load read, QuarantineSpool quarantine, StagedFile? file, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity("commit load");
        if (await register.FindAsync(read.Dataset, read.Sha256, cancellationToken) is { } known)
        {
            Log.Known(logger, known.Id, known.Dataset);
            return new UploadOutcome.Known(known);
        }

        var fails = upload.Budget.IsExceeded(read.Quarantined, read.Read) || read.Quarantined > options.Value.MaxQuarantinedRows;
        var entity = Entity(read, await register.NextIdAsync(cancellationToken), quarantine.FileColumns, fails);
        var kept = fails ? options.Value.KeptRowsOfFailedLoad : quarantine.Count;
        if (!fails && file is not null)
        {
            var path = LakeLayout.PartFile(entity.Dataset, entity.Id, part: 0);
            file.Place(path);
            entity.Files.Add(new LakeFileEntity { Path = path, LoadId = entity.Id, Rows = entity.Loaded, Bytes = file.Length });
        }

        if (!await CommitAsync(entity, quarantine, kept, file, cancellationToken))
        {
            var winner = await register.FindAsync(read.Dataset, read.Sha256, cancellationToken)
                ?? throw new InvalidOperationException("A load of this content was committed and is gone.");
            Log.Known(logger, winner.Id, winner.Dataset);
            return new UploadOutcome.Known(winner);
        }

        var load = entity.ToContract();
        activity?.SetTag("dunnhumby.dataset", load.Dataset).SetTag("dunnhumby.load.id", load.Id).SetTag("dunnhumby.rows", load.Loaded);
        telemetry.Count(load, quarantine.ByReason);
        Log.Ended(logger, load.Id, load.Dataset, load.State, load.Read, load.Loaded, load.Quarantined, load.Deduplicated, (load.CompletedAt - load.ReceivedAt).TotalMilliseconds);
        return fails ? new UploadOutcome.OverBudget(load) : new UploadOutcome.Created(load);
    }

    private async Task<bool> CommitAsync(LoadEntity entity, QuarantineSpool quarantine, long kept, StagedFile? file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled from here on: a commit that is cancelled half-way is a commit of unknown outcome.
            if (!await register.TryAddAsync(entity, quarantine, kept, CancellationToken.None))
            {
                return false;
            }
        }
        catch (CommitUnknownException lost)
        {
            if (!await WasCommittedAsync(entity.Id, lost.TransactionId, file))
            {
                throw;
            }
        }

        if (entity.Files.Count > 0)
        {
            file?.Keep();
        }

        return true;
    }

    private async Task<bool> WasCommittedAsync(long id, long transactionId, StagedFile? file)
    {
        if (await inquiry.WasCommittedAsync(id, transactionId) is { } committed)
        {
            return committed;
        }

        // A file too many does no harm, since the catalog does not list it; a listed file that is gone would.
        file?.Keep();
        Log.CommitUnknown(logger, id);
        return false;
    }

    /// <summary>To the microsecond, as Postgres keeps it: the answer to an upload and every later one are the same.</summary>
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private LoadEntity Entity(Load read, long id, string[]? fileColumns, bool fails) => new()
    {
        Id = id,
        Dataset = read.Dataset,
        State = fails ? LoadStates.Failed : LoadStates.Completed,
        Sha256 = read.Sha256,
        Bytes = read.Bytes,
        Read = read.Read,
        Loaded = fails ? 0 : read.Loaded,
        Quarantined = read.Quarantined,
        Deduplicated = read.Deduplicated,
        BlankLines = read.BlankLines,
        SalesValue = fails ? null : read.SalesValue,
        ReceivedAt = read.ReceivedAt,
        CompletedAt = Now(),
        TraceId = read.TraceId,
        FileColumns = fileColumns,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} of {Dataset} {State}: read {Read}, loaded {Loaded}, quarantined {Quarantined}, deduplicated {Deduplicated}, in {Milliseconds:0} ms")]
        public static partial void Ended(ILogger logger, long loadId, string dataset, string state, long read, long loaded, long quarantined, long deduplicated, double milliseconds);

        [LoggerMessage(LogLevel.Information, "The content is that of load {LoadId} of {Dataset}")]
        public static partial void Known(ILogger logger, long loadId, string dataset);

        [LoggerMessage(LogLevel.Information, "An upload of {Dataset} was refused: {Code}, line {Line}")]
        public static partial void Refused(ILogger logger, string dataset, string code, long? line);

        [LoggerMessage(LogLevel.Warning, "Whether load {LoadId} was committed is not known: its file stays")]
        public static partial void CommitUnknown(ILogger logger, long loadId);
    }
}
