using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>Reads the files of an archive one after the other: the memory of one upload, whatever is in the archive.</summary>
internal sealed class BatchReader(FileReader reader, RunningUploads running, IOptions<IngestionOptions> options, TimeProvider time)
{
    /// <summary>Reads all data sets into <paramref name="batch"/>. A file that is refused does not hold up the others.</summary>
    /// <returns>Why the archive is refused whole; null when it is not.</returns>
    internal async Task<Rejection?> ReadAsync(Archive archive, ArchiveUpload upload, StagedBatch batch, CancellationToken cancellationToken)
    {
        if (BatchPlan.Of(archive).IsRefused(out var rejection, out var plan))
        {
            return rejection;
        }

        foreach (var entry in plan.Data)
        {
            batch.Files.Add(await ReadAsync(entry, upload, batch, cancellationToken));
            if (batch.Loads.Sum(staged => staged.Entity.Bytes) > options.Value.MaxDecompressedBytes)
            {
                return LimitedStream.TooLarge($"The archive's files are larger than {options.Value.MaxDecompressedBytes} bytes together.");
            }
        }

        batch.Files.AddRange(plan.Unknown.Select(entry => new StagedBatchFile(entry.Path, Dataset: null, Staged: null, BatchPlan.UnknownFile(entry))));
        batch.Files.AddRange(plan.Others.Select(entry => new StagedBatchFile(entry.Path, Dataset: null, Staged: null, Rejection: null)));
        return null;
    }

    private async Task<StagedBatchFile> ReadAsync(ArchiveEntry entry, ArchiveUpload archive, StagedBatch batch, CancellationToken cancellationToken)
    {
        if ((await entry.OpenAsync(cancellationToken)).IsRefused(out var rejection, out var content))
        {
            return new StagedBatchFile(entry.Path, entry.Dataset, Staged: null, rejection);
        }

        await using (content)
        {
            var table = LakeTables.All.Single(table => string.Equals(table.Name, entry.Dataset, StringComparison.Ordinal));
            var upload = new Upload(table, content, entry.Bytes, ContentDigests.None, archive.Budget)
            {
                FileName = EntryNames.NameOf(entry.Path),
                BatchId = archive.IsDryRun ? null : batch.Id,
                IsDryRun = archive.IsDryRun,
                IsNested = true,
                Key = archive.Key,
                By = archive.By,
            };
            var progress = await running.BeginAsync(upload, cancellationToken);
            batch.ShowUntilCommitted(progress);
            var staged = await StagedLoad.ReadAsync(upload, progress, reader, options.Value, time, cancellationToken);
            return staged.IsRefused(out rejection, out var load)
                ? new StagedBatchFile(entry.Path, entry.Dataset, Staged: null, rejection)
                : new StagedBatchFile(entry.Path, entry.Dataset, load, Rejection: null);
        }
    }
}

/// <summary>Which files of an archive are read, refused and left alone.</summary>
/// <param name="Data">The data sets, in their usual order.</param>
/// <param name="Unknown">Files that look like data and are none of the eight: to leave them out in silence would be to lose data.</param>
/// <param name="Others">Files that are no data, such as a licence: left alone and named.</param>
internal sealed record BatchPlan(IReadOnlyList<ArchiveEntry> Data, IReadOnlyList<ArchiveEntry> Unknown, IReadOnlyList<ArchiveEntry> Others)
{
    /// <summary>The plan for an archive, which is refused when a data set comes twice, or none comes.</summary>
    internal static Result<BatchPlan> Of(Archive archive)
    {
        var data = archive.Entries.Where(entry => entry.Dataset is not null).OrderBy(entry => DatasetNames.All.Index().First(name => string.Equals(name.Item, entry.Dataset, StringComparison.Ordinal)).Index).ToList();
        if (data.GroupBy(entry => entry.Dataset, StringComparer.Ordinal).FirstOrDefault(entries => entries.Count() > 1) is { } twice)
        {
            var shown = string.Join(" and ", twice.Take(3).Select(entry => entry.Path));
            return new Rejection(
                "duplicate-dataset",
                "A data set comes twice",
                twice.All(entry => EntryNames.IsSparkPart(entry.Path))
                    ? $"The archive holds {twice.Count()} parts of {twice.Key} ({shown}): a data set is one file. Write it as one, in Spark with coalesce(1)."
                    : $"The archive holds {shown}, all of {twice.Key}: it is not clear which of them counts. Keep one.");
        }

        if (data.Count == 0)
        {
            return new Rejection(
                "no-dataset",
                "There is no data set in the archive",
                $"None of its {archive.Entries.Count} files has the name of a data set. Name them {string.Join(", ", DatasetNames.All.Select(name => name + ".csv"))}; .csv.gz and .csv.zst are taken as well, and a date or number after the name.");
        }

        return new BatchPlan(
            data,
            [.. archive.Entries.Where(entry => entry is { Dataset: null, LooksLikeData: true })],
            [.. archive.Entries.Where(entry => entry is { Dataset: null, LooksLikeData: false })]);
    }

    /// <summary>Why a file is not read that looks like data.</summary>
    internal static Rejection UnknownFile(ArchiveEntry entry) =>
        DatasetFiles.Endings.Any(ending => entry.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            ? new Rejection(
                "unknown-dataset",
                "The file does not have the name of a data set",
                $"{entry.Path} was not read. Name it after its data set, for example product.csv, or leave it out of the archive.")
            : new Rejection(
                ForeignFormats.Code,
                "The file is not CSV",
                $"{entry.Path} was not read: of an archive, CSV files are. Export it as CSV, named after its data set, or leave it out of the archive.");
}
