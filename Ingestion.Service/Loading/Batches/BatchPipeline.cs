using System.Security.Cryptography;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>
/// Takes a zip archive of several data sets: puts it down, reads file after file, and commits all that can be loaded in one transaction, so that the transform
/// sees the whole batch in one run. Knows nothing of HTTP: it takes any stream.
/// </summary>
internal sealed partial class BatchPipeline(
    IDbContextFactory<LakeCatalog> catalogs,
    BatchReader reader,
    LoadRegister register,
    LakeLayout layout,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<BatchPipeline> logger)
{
    internal async Task<BatchOutcome> RunAsync(ArchiveUpload upload, CancellationToken cancellationToken)
    {
        // Fails fast, before a large archive is received, if the database is not available.
        await using var batch = new StagedBatch(await NextIdAsync(cancellationToken), upload.Key, upload.By, time);
        if (await ReadAsync(upload, batch, cancellationToken) is { } rejection)
        {
            Log.Refused(logger, rejection.Code);
            return new BatchOutcome.Refused(rejection);
        }

        var ended = upload.IsDryRun ? await CheckedAsync(batch, cancellationToken) : await CommitAsync(batch, cancellationToken);
        Log.Ended(logger, ended.Id, ended.State, ended.Files.Count);
        return new BatchOutcome.Taken(ended);
    }

    private async Task<long> NextIdAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.NextBatchIdAsync(cancellationToken);
    }

    /// <summary>Reads the archive into the batch. One that is seekable is read where it is, any other is put down first.</summary>
    /// <returns>Why the archive is refused whole; null when it is not.</returns>
    private async Task<Rejection?> ReadAsync(ArchiveUpload upload, StagedBatch batch, CancellationToken cancellationToken)
    {
        if (upload.Body.CanSeek)
        {
            return await FaultAsync(upload, cancellationToken) ?? await ReadAsync(upload.Body, upload, batch, cancellationToken);
        }

        if ((await ReceiveAsync(upload, cancellationToken)).IsRefused(out var rejection, out var spool))
        {
            return rejection;
        }

        await using (spool)
        {
            return await ReadAsync(spool, upload, batch, cancellationToken);
        }
    }

    private async Task<Rejection?> ReadAsync(Stream content, ArchiveUpload upload, StagedBatch batch, CancellationToken cancellationToken)
    {
        if ((await OpenAsync(content, cancellationToken)).IsRefused(out var rejection, out var archive))
        {
            return rejection;
        }

        await using (archive)
        {
            return await reader.ReadAsync(archive, upload, batch, cancellationToken);
        }
    }

    private async Task<Result<FileStream>> ReceiveAsync(ArchiveUpload upload, CancellationToken cancellationToken)
    {
        using var metered = new MeteredStream(upload.Body, upload.Digests.Any, options.Value.MaxRequestBytes, upload.Digests.NeedSha512);
        var body = ContentCodings.Decode(upload.Coding, metered, options.Value);
        if ((await ArchiveSpool.SpoolAsync(body, layout, cancellationToken)).IsRefused(out var rejection, out var spool))
        {
            return rejection;
        }

        if (DeclaredContent.Fault(upload.Length, upload.Digests, metered.Bytes, metered.Hashes(), plain: default) is { } fault)
        {
            await spool.DisposeAsync();
            return fault;
        }

        return spool;
    }

    /// <summary>A file that lies on disk is hashed where it is; its sender can declare nothing but a SHA-256.</summary>
    private static async Task<Rejection?> FaultAsync(ArchiveUpload upload, CancellationToken cancellationToken)
    {
        var hash = upload.Digests.Any ? await SHA256.HashDataAsync(upload.Body, cancellationToken) : null;
        upload.Body.Position = 0;
        return DeclaredContent.Fault(upload.Length, upload.Digests, upload.Body.Length, new ContentHashes(hash, Sha512: null), plain: default);
    }

    private async Task<Result<Archive>> OpenAsync(Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[ForeignFormats.HeadBytes];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (UploadContent.IsZip(head.AsSpan(0, length)))
        {
            return await Archive.OpenAsync(content, options.Value, cancellationToken);
        }

        return ForeignFormats.OfBytes(head.AsSpan(0, length), isUnpacked: false) is { Code: ForeignFormats.Code } foreign
            ? foreign with { Title = "The file is no zip archive" }
            : new Rejection("not-an-archive", "This is not a zip archive", "Send a zip archive of the data sets here, or a single file to POST /loads/{dataset}.")
            {
                Kind = RejectionKind.Unsupported,
            };
    }

    private async Task<Batch> CommitAsync(StagedBatch batch, CancellationToken cancellationToken)
    {
        var outcomes = await register.CommitAsync(batch.Loads, batch, cancellationToken);
        var ends = batch.Loads.Zip(outcomes).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        return Shown(batch, batch.Id, [.. batch.Files.Select(file => Shown(file, file.Staged is null ? null : ends[file.Staged.Id]))]);
    }

    private Batch Shown(StagedBatch batch, long id, IReadOnlyList<BatchFile> files) =>
        new(id, BatchState.Of([.. files.Select(file => file.Outcome ?? UploadOutcomes.Ignored)]), batch.ReceivedAt, batch.CompletedAt ?? time.GetCatalogNow(), files) { SentBy = batch.SentBy };

    private static BatchFile Shown(StagedBatchFile file, UploadOutcome? outcome)
    {
        var load = outcome switch
        {
            UploadOutcome.Created created => created.Load,
            UploadOutcome.Known known => known.Load,
            UploadOutcome.OverBudget failed => failed.Load,
            _ => null,
        };
        return new BatchFile(file.Path, file.Dataset, file.Outcome(outcome is UploadOutcome.Known), load, file.Problem(outcome is UploadOutcome.OverBudget ? load : null));
    }

    private async Task<Batch> CheckedAsync(StagedBatch batch, CancellationToken cancellationToken)
    {
        var files = new List<BatchFile>();
        foreach (var file in batch.Files)
        {
            var check = file.Staged is null ? null : await register.CheckAsync(file.Staged, cancellationToken);
            files.Add(new BatchFile(file.Path, file.Dataset, check?.Outcome ?? file.Outcome(isKnown: false), Load: null, file.Problem(failed: null)) { Check = check });
        }

        return Shown(batch, id: 0, files);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Batch {BatchId} {State}: {Files} files")]
        public static partial void Ended(ILogger logger, long batchId, string state, int files);

        [LoggerMessage(LogLevel.Information, "An archive was refused: {Code}")]
        public static partial void Refused(ILogger logger, string code);
    }
}

/// <summary>A zip archive of several data sets on its way in, whatever brought it.</summary>
/// <param name="Body">The archive. One that is seekable is read where it is, any other is put down first.</param>
/// <param name="Length">The declared length of the body; null when it is not known before its end.</param>
/// <param name="Digests">The declared hashes of the archive.</param>
/// <param name="Budget">How many rows of each file may be quarantined.</param>
internal sealed record ArchiveUpload(Stream Body, long? Length, ContentDigests Digests, ErrorBudget Budget)
{
    /// <summary>The fingerprint of the key that sent it; null for a file of the watched folder.</summary>
    internal string? Key { get; init; }

    /// <summary>Who sent it, as it is recorded.</summary>
    internal string? By { get; init; }

    /// <summary>How the body is encoded for its transport.</summary>
    internal ContentCoding Coding { get; init; }

    /// <summary>Whether to validate and report only.</summary>
    internal bool IsDryRun { get; init; }
}

/// <summary>How a batch ended.</summary>
internal abstract record BatchOutcome
{
    /// <summary>Its files were read: each has its own outcome.</summary>
    internal sealed record Taken(Batch Batch) : BatchOutcome;

    /// <summary>The archive was refused whole: nothing was loaded, there is no batch.</summary>
    internal sealed record Refused(Rejection Rejection) : BatchOutcome;
}
