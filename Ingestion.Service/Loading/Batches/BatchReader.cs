using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>Reads the files of an archive one after the other: the memory of one upload, whatever is in the archive.</summary>
internal sealed class BatchReader(UploadReader reader, LoadRegister register, RunningUploads running, IOptions<IngestionOptions> options, TimeProvider time)
{
    /// <summary>Reads all data sets into <paramref name="batch"/>. A file that is refused does not hold up the others.</summary>
    /// <exception cref="RejectedContentException">The archive is refused whole.</exception>
    internal async Task ReadAsync(Archive archive, ArchiveUpload upload, StagedBatch batch, CancellationToken cancellationToken)
    {
        var plan = BatchPlan.Of(archive);
        foreach (var entry in plan.Data)
        {
            batch.Files.Add(await ReadAsync(entry, upload, batch, cancellationToken));
            if (batch.Loads.Sum(staged => staged.Entity?.Bytes) > options.Value.MaxDecompressedBytes)
            {
                throw new RejectedContentException(LimitedStream.TooLarge($"The archive's files are larger than {options.Value.MaxDecompressedBytes} bytes together."));
            }
        }

        batch.Files.AddRange(plan.Unknown.Select(entry => new StagedBatchFile(entry.Path, Dataset: null, Staged: null, BatchPlan.UnknownFile(entry))));
        batch.Files.AddRange(plan.Others.Select(entry => new StagedBatchFile(entry.Path, Dataset: null, Staged: null, Rejection: null)));
    }

    private async Task<StagedBatchFile> ReadAsync(ArchiveEntry entry, ArchiveUpload archive, StagedBatch batch, CancellationToken cancellationToken)
    {
        var table = LakeTables.All.Single(table => string.Equals(table.Name, entry.Dataset, StringComparison.Ordinal));
        try
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            var upload = new Upload(table, content, entry.Bytes, ContentDigests.None, archive.Budget)
            {
                FileName = EntryNames.NameOf(entry.Path),
                BatchId = archive.IsDryRun ? null : batch.Id,
                IsDryRun = archive.IsDryRun,
                IsNested = true,
                Key = archive.Key,
            };
            var progress = running.Begin(await register.NextIdAsync(cancellationToken), upload, time.GetCatalogNow());
            batch.ShowUntilCommitted(progress);
            return new StagedBatchFile(entry.Path, entry.Dataset, await reader.ReadAsync(upload, progress, cancellationToken), Rejection: null);
        }
        catch (RejectedContentException refused)
        {
            return new StagedBatchFile(entry.Path, entry.Dataset, Staged: null, refused.Rejection);
        }
    }
}
