using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>The record of the rows that a replay mends or drops, committed with it: a row is replayed once.</summary>
/// <param name="loadId">The load that set the rows aside.</param>
/// <param name="replayId">The load that replays them.</param>
/// <param name="rows">Rows that pass or are dropped.</param>
internal sealed class ReplayRecord(long loadId, long replayId, IReadOnlyList<EditedRow> rows) : ICommittedWithLoads
{
    private const string OnceIndex = "ux_mended_rows_once";

    internal static Rejection NotCompleted(long loadId, string state) => new(
        "not-completed",
        "The load's rows are not in the lake",
        $"Load {loadId} is {state}: its quarantined rows alone would be a part of what is missing. Correct the file and upload it again.")
    { Kind = RejectionKind.Conflict };

    internal static Rejection AlreadyReplayed(string what) => new(
        "already-replayed",
        "A row was replayed before",
        $"{what} A row is replayed once. Read the quarantine again, or withdraw that replay first.")
    { Kind = RejectionKind.Conflict };

    /// <summary>The load may have been withdrawn meanwhile.</summary>
    public async Task<Rejection?> WriteBeforeAsync(LakeCatalog catalog, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken)
    {
        // Shared, so that replays do not wait for each other; a withdrawal waits for us, or we see it.
        var state = await catalog.Database.SqlQuery<string>($"select state as \"Value\" from catalog.loads where id = {loadId} for share").ToListAsync(cancellationToken);
        return state is [LoadStates.Completed] ? null : NotCompleted(loadId, state.SingleOrDefault() ?? "gone");
    }

    /// <summary>A row may have been replayed meanwhile.</summary>
    public async Task<Rejection?> WriteAfterAsync(LakeCatalog catalog, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync((NpgsqlConnection)catalog.Database.GetDbConnection(), cancellationToken);
            return null;
        }
        catch (PostgresException twice) when (twice is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OnceIndex })
        {
            return AlreadyReplayed("Another replay took one of the rows at the same time.");
        }
    }

    private async Task CopyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var import = await connection.BeginBinaryImportAsync(
            """copy catalog.mended_rows (replay_load_id, load_id, line, state, "after") from stdin (format binary)""",
            cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            await import.WriteAsync(replayId, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(loadId, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.After is null ? RowStates.Dropped : RowStates.Mended, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.After, NpgsqlDbType.Text, cancellationToken);
        }

        await import.CompleteAsync(cancellationToken);
    }
}
