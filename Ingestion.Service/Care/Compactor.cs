using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Merges small files and takes rows of withdrawn loads out; readers notice nothing, since the catalog changes in one step and old files stay a while.</summary>
internal sealed partial class Compactor(Merger merger, IOptions<LakeCareOptions> options, ILogger<Compactor> logger)
{
    /// <returns>How many files were merged, and into how many.</returns>
    internal async Task<(int Merged, int Written)> RunAsync(CareLock held, LakeSnapshot lake, CancellationToken cancellationToken)
    {
        var (files, written) = (0, 0);
        foreach (var group in MergePlan.Of(lake, options.Value))
        {
            try
            {
                var merged = await merger.MergeAsync(group, cancellationToken);
                await CommitAsync(held, group, merged, cancellationToken);
                files += group.Files.Count;
                written += merged.Count;
                Log.Merged(logger, group.Files.Count, group.Table, group.Loads.Count, merged.Count, group.Files.Sum(file => file.Bytes), merged.Sum(file => file.Bytes));
            }
            catch (Exception failure) when (failure is MergeException or DuckDB.NET.Data.DuckDBException or IOException)
            {
                // The files stay as they are, readers go on, and the next round tries again.
                Log.NotMerged(logger, group.Files.Count, group.Table, failure);
            }
        }

        return (files, written);
    }

    private async Task CommitAsync(CareLock held, MergeGroup group, IReadOnlyList<MergedFile> merged, CancellationToken cancellationToken)
    {
        try
        {
            await Swap.CommitAsync(held.Connection, group.Files, merged, cancellationToken);
        }
        catch (Exception failure) when (failure is MergeException or PostgresException or OperationCanceledException)
        {
            merger.Remove(merged);
            throw;
        }

        // After any other failure the commit may have happened: files too many are swept, listed ones that are gone would be a loss.
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Merged {Files} files of {Table} with {Loads} loads into {Written}: {BytesBefore} bytes became {BytesAfter}")]
        public static partial void Merged(ILogger logger, int files, string table, int loads, int written, long bytesBefore, long bytesAfter);

        [LoggerMessage(LogLevel.Error, "Could not merge {Files} files of {Table}: they stay as they are")]
        public static partial void NotMerged(ILogger logger, int files, string table, Exception failure);
    }
}
