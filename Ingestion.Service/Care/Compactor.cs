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
                // The files stay as they are, readers continue, and the next round retries.
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

/// <summary>Tells the catalog, in one transaction, that merged files took the place of others: a reader sees the old ones or the new ones, never both.</summary>
internal static class Swap
{
    /// <exception cref="MergeException">The catalog does not list all of the old files any more; nothing was changed.</exception>
    internal static async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<ListedFile> old, IReadOnlyList<MergedFile> merged, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var paths = old.Select(file => file.Path).ToArray();
        batch.BatchCommands.Add(Command("delete from catalog.lake_files where path = any($1)", [paths]));
        batch.BatchCommands.Add(Command(
            """
            insert into catalog.retired_files (path, bytes, retired_at)
            select path, bytes, clock_timestamp() from unnest($1::text[], $2::bigint[]) as old(path, bytes)
            """,
            paths,
            old.Select(file => file.Bytes).ToArray()));
        foreach (var file in merged)
        {
            batch.BatchCommands.Add(Command(
                "insert into catalog.lake_files (path, load_id, rows, bytes) values ($1, null, $2, $3)",
                file.Path,
                file.Loads.Sum(load => load.Rows),
                file.Bytes));
            batch.BatchCommands.Add(Command(
                "insert into catalog.lake_file_loads (path, load_id, rows) select $1, load_id, rows from unnest($2::bigint[], $3::bigint[]) as loads(load_id, rows)",
                file.Path,
                file.Loads.Select(load => load.LoadId).ToArray(),
                file.Loads.Select(load => load.Rows).ToArray()));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (batch.BatchCommands[0].RecordsAffected != paths.Length)
        {
            throw new MergeException("The catalog changed while files were merged: they are left as they were.");
        }

        // Not cancelled from here on: a commit that is cancelled half-way is a commit of unknown outcome.
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
