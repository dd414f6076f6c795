using System.Diagnostics;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Outbox;
using Dunnhumby.Lake.Tables;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>Commits replays: the load, its file, the record of its rows and its message in one transaction.</summary>
internal sealed partial class ReplayRegister(
    IDbContextFactory<LakeCatalog> catalogs,
    OutboxSignal signal,
    CommitInquiry inquiry,
    IngestionTelemetry telemetry,
    TimeProvider time,
    ILogger<ReplayRegister> logger)
{
    private const string OnceIndex = "ux_mended_rows_once";

    /// <param name="rows">Rows that pass or are dropped.</param>
    /// <param name="staged">The rows that pass, read and written.</param>
    /// <exception cref="RejectedContentException">The load was withdrawn or a row was replayed meanwhile: nothing was changed.</exception>
    internal async Task<Replay> CommitAsync(
        long loadId,
        LakeTable table,
        RowMender mender,
        IReadOnlyList<EditedRow> rows,
        StagedReplay staged,
        DateTimeOffset receivedAt,
        string by,
        CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var entity = Entity(loadId, await catalog.NextLoadIdAsync(cancellationToken), table, mender, staged, receivedAt, by);
        if (staged.Writer.File is { } file)
        {
            var path = LakeLayout.PartFile(table.Name, entity.Id, part: 0);
            file.Place(path);
            entity.Files.Add(new LakeFileEntity { Path = path, LoadId = entity.Id, Rows = entity.Loaded, Bytes = file.Length });
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not cancelled from here on: a commit that is cancelled half-way is a commit of unknown outcome.
            await WriteAsync(catalog, loadId, entity, rows, CancellationToken.None);
        }
        catch (CommitUnknownException lost)
        {
            if (!await WasCommittedAsync(entity.Id, lost.TransactionId, staged.Writer.File))
            {
                throw;
            }
        }

        staged.Writer.File?.Keep();
        signal.Raise();
        var dropped = rows.Count(row => row.After is null);
        var load = entity.ToContract();
        telemetry.Count(load, new Dictionary<string, long>(StringComparer.Ordinal));
        Log.Replayed(logger, entity.Id, loadId, table.Name, rows.Count - dropped, dropped, by);
        return new Replay(load, rows.Count - dropped, dropped, by);
    }

    private static async Task WriteAsync(LakeCatalog catalog, long loadId, LoadEntity entity, IReadOnlyList<EditedRow> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);

        // Shared, so that replays do not wait for each other; a withdrawal waits for us, or we see it.
        var state = await catalog.Database.SqlQuery<string>($"select state as \"Value\" from catalog.loads where id = {loadId} for share").ToListAsync(cancellationToken);
        if (state is not [LoadStates.Completed])
        {
            throw new RejectedContentException(Mending.NotCompleted(loadId, state.SingleOrDefault() ?? "gone"));
        }

        catalog.Loads.Add(entity);
        catalog.Outbox.Add(OutboxMessages.From(new LoadCompleted(entity.Id, entity.Dataset, entity.Loaded, entity.CompletedAt), entity.CompletedAt));
        await catalog.SaveChangesAsync(cancellationToken);
        try
        {
            await CopyAsync((NpgsqlConnection)catalog.Database.GetDbConnection(), loadId, entity.Id, rows, cancellationToken);
        }
        catch (PostgresException twice) when (twice is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OnceIndex })
        {
            throw new RejectedContentException(QuarantineSelection.AlreadyReplayed("Another replay took one of the rows at the same time."), twice);
        }

        var transactionId = await CommitInquiry.IdAsync(catalog, cancellationToken);
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException lost) when (DatabaseOutage.IsIn(lost))
        {
            throw new CommitUnknownException(transactionId, lost);
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, long loadId, long replayId, IReadOnlyList<EditedRow> rows, CancellationToken cancellationToken)
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

    private async Task<bool> WasCommittedAsync(long id, long transactionId, StagedFile? file)
    {
        try
        {
            if (await inquiry.IsOverAsync(transactionId))
            {
                await using var catalog = await catalogs.CreateDbContextAsync(CancellationToken.None);
                return await catalog.Loads.AnyAsync(load => load.Id == id, CancellationToken.None);
            }
        }
        catch (Exception away) when (DatabaseOutage.IsIn(away))
        {
            // As if it had not answered before.
        }

        // A file too many does no harm, since the catalog does not list it; a listed file that is gone would.
        file?.Keep();
        Log.CommitUnknown(logger, id);
        return false;
    }

    private LoadEntity Entity(long loadId, long id, LakeTable table, RowMender mender, StagedReplay staged, DateTimeOffset receivedAt, string by) => new()
    {
        Id = id,
        Dataset = table.Name,
        State = LoadStates.Completed,
        Sha256 = staged.Sha256,
        Bytes = staged.Bytes,
        Read = staged.Read,
        Loaded = staged.Writer.Rows,
        Quarantined = staged.Quarantined,
        Deduplicated = staged.Deduplicated,
        BlankLines = 0,
        SalesValue = staged.Writer.SalesCents is { } cents ? cents / 100m : null,
        ReceivedAt = Microseconds(receivedAt),
        CompletedAt = Microseconds(time.GetUtcNow()),
        TraceId = Activity.Current?.TraceId.ToHexString(),
        MultilineFields = staged.MultilineFields,
        FileColumns = [.. mender.FileColumns],
        ReplaysLoadId = loadId,
        ReplayedBy = by,
    };

    /// <summary>As Postgres keeps it: this answer and every later one are the same.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset now) => now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} replays rows of load {MendedLoadId} of {Dataset}: {Mended} mended, {Dropped} dropped, by {Key}")]
        public static partial void Replayed(ILogger logger, long loadId, long mendedLoadId, string dataset, long mended, long dropped, string key);

        [LoggerMessage(LogLevel.Warning, "Whether load {LoadId} was committed is not known: its file stays")]
        public static partial void CommitUnknown(ILogger logger, long loadId);
    }
}
