using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>The catalog's rows of loads and their quarantines, as they are written and found within a transaction.</summary>
internal static class LoadRows
{
    private const string ContentIndex = "ux_loads_content";

    /// <summary>Adds a load; null then. The load that has its content when another one was faster.</summary>
    internal static async Task<Load?> AddOrFindAsync(LakeCatalog catalog, LoadEntity load, CancellationToken cancellationToken)
    {
        while (!await TryAddAsync(catalog, load, cancellationToken))
        {
            if (await FindAsync(catalog, load, cancellationToken) is { } winner)
            {
                return winner;
            }

            // The faster one has been withdrawn meanwhile: there is room again.
        }

        return null;
    }

    /// <summary>Writes a load with its file and its message. False when another load of the same content was committed before; then nothing is written.</summary>
    private static async Task<bool> TryAddAsync(LakeCatalog catalog, LoadEntity load, CancellationToken cancellationToken)
    {
        catalog.Loads.Add(load);
        if (string.Equals(load.State, LoadStates.Completed, StringComparison.Ordinal))
        {
            catalog.Outbox.Add(OutboxMessages.From(new LoadCompleted(load.Id, load.Dataset, load.Loaded, load.CompletedAt), load.CompletedAt));
        }

        try
        {
            // Within a transaction this sets a savepoint and goes back to it on failure: the loads before stay.
            await catalog.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException conflict) when (conflict.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: ContentIndex })
        {
            catalog.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>The completed load of this content; null when there is none.</summary>
    internal static Task<Load?> FindAsync(LakeCatalog catalog, LoadEntity content, CancellationToken cancellationToken) =>
        catalog.Loads.AsNoTracking()
            .Where(load => load.Dataset == content.Dataset && load.Sha256 == content.Sha256 && load.State == LoadStates.Completed && load.ReplaysLoadId == null)
            .Select(LoadMapping.Expression)
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>What a load lost to, even if that has been withdrawn since.</summary>
    internal static Task<Load> LastOfContentAsync(LakeCatalog catalog, LoadEntity load) =>
        catalog.Loads.AsNoTracking()
            .Where(other => other.Dataset == load.Dataset && other.Sha256 == load.Sha256 && other.State != LoadStates.Failed && other.ReplaysLoadId == null)
            .OrderByDescending(other => other.State == LoadStates.Completed)
            .ThenByDescending(other => other.WithdrawnAt)
            .Select(LoadMapping.Expression)
            .FirstAsync();

    /// <summary>Stores the first quarantined rows of a load.</summary>
    internal static async Task CopyAsync(NpgsqlConnection connection, long loadId, QuarantineSpool quarantine, long kept, CancellationToken cancellationToken)
    {
        if (quarantine.Count == 0)
        {
            return;
        }

        await using var import = await connection.BeginBinaryImportAsync(
            """copy catalog.quarantined_rows (load_id, line, byte_offset, "column", reason, message, raw_text, is_cut) from stdin (format binary)""",
            cancellationToken);
        foreach (var row in quarantine.Rows(kept))
        {
            await import.StartRowAsync(cancellationToken);
            await import.WriteAsync(loadId, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.ByteOffset, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.Column, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.Reason, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.Message, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.RawText, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.IsCut, NpgsqlDbType.Boolean, cancellationToken);
        }

        await import.CompleteAsync(cancellationToken);
    }
}
