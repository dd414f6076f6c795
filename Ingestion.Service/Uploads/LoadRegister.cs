using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Loads;
using Dunnhumby.Ingestion.Service.Quarantine;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Outbox;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Polly;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>Writes loads into the catalog: the load, its file, its quarantine and its message in one transaction.</summary>
internal sealed class LoadRegister(IDbContextFactory<LakeCatalog> catalogs, OutboxSignal signal, TimeProvider time)
{
    private const string ContentIndex = "ux_loads_content";

    private readonly ResiliencePipeline _retry = CatalogRetry.Create(time);

    /// <summary>Fails fast, before a large file is read, when the database is away.</summary>
    internal async Task EnsureReachableAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await catalog.Database.OpenConnectionAsync(cancellationToken);
    }

    internal async Task<long> NextIdAsync(CancellationToken cancellationToken) => await _retry.ExecuteAsync(
        async cancelled =>
        {
            await using var catalog = await catalogs.CreateDbContextAsync(cancelled);
            return await catalog.NextLoadIdAsync(cancelled);
        },
        cancellationToken);

    /// <summary>The completed load of this content; null when there is none.</summary>
    internal async Task<Load?> FindAsync(string dataset, string sha256, CancellationToken cancellationToken) => await _retry.ExecuteAsync(
        async cancelled =>
        {
            await using var catalog = await catalogs.CreateDbContextAsync(cancelled);
            return await catalog.Loads.AsNoTracking()
                .Where(load => load.Dataset == dataset && load.Sha256 == sha256 && load.State == LoadStates.Completed && load.ReplaysLoadId == null)
                .Select(LoadMapping.Expression)
                .SingleOrDefaultAsync(cancelled);
        },
        cancellationToken);

    /// <summary>Commits a load. False when another load of the same content was committed before; then nothing is written.</summary>
    /// <param name="quarantine">The rows set aside; the first <paramref name="kept"/> are stored.</param>
    /// <exception cref="CommitUnknownException">The connection broke during the commit.</exception>
    internal async Task<bool> TryAddAsync(LoadEntity load, QuarantineSpool quarantine, long kept, CancellationToken cancellationToken) =>
        await _retry.ExecuteAsync(async cancelled => await AddAsync(load, quarantine, kept, cancelled), cancellationToken);

    private async Task<bool> AddAsync(LoadEntity load, QuarantineSpool quarantine, long kept, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        catalog.Loads.Add(load);
        if (string.Equals(load.State, LoadStates.Completed, StringComparison.Ordinal))
        {
            catalog.Outbox.Add(OutboxMessages.From(new LoadCompleted(load.Id, load.Dataset, load.Loaded, load.CompletedAt), load.CompletedAt));
        }

        try
        {
            await catalog.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException conflict) when (conflict.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: ContentIndex })
        {
            return false;
        }

        await CopyAsync((NpgsqlConnection)catalog.Database.GetDbConnection(), load.Id, quarantine, kept, cancellationToken);
        var transactionId = await catalog.Database.SqlQuery<long>($"select pg_current_xact_id()::text::bigint as \"Value\"").SingleAsync(cancellationToken);
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException lost) when (DatabaseOutage.IsIn(lost))
        {
            throw new CommitUnknownException(transactionId, lost);
        }

        signal.Raise();
        return true;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, long loadId, QuarantineSpool quarantine, long kept, CancellationToken cancellationToken)
    {
        if (quarantine.Count == 0)
        {
            return;
        }

        await using var import = await connection.BeginBinaryImportAsync(
            """copy catalog.quarantined_rows (load_id, line, byte_offset, "column", reason, message, raw_text) from stdin (format binary)""",
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
        }

        await import.CompleteAsync(cancellationToken);
    }
}
