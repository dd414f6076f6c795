using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

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
