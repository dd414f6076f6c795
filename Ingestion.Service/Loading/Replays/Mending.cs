using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>Mends quarantined rows: tries edits out, and replays the rows as a load that belongs to the one that set them aside.</summary>
internal sealed partial class Mending(
    IDbContextFactory<LakeCatalog> catalogs,
    FileReader reader,
    LoadRegister register,
    IngestionTelemetry telemetry,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<Mending> logger)
{
    private const int ShownRows = 200;
    private const int ShownFaults = 20;

    /// <summary>What the edits would do; nothing is changed. Refused when the load or the request is not fit for it. Null when there is no such load.</summary>
    internal async Task<Result<MendCheck>?> CheckAsync(long loadId, MendRequest request, CancellationToken cancellationToken)
    {
        if (await SelectAsync(loadId, request, cancellationToken) is not { } selected)
        {
            return null;
        }

        if (selected.IsRefused(out var rejection, out var selection)
            || (await ReadAsync(selection, cancellationToken)).IsRefused(out rejection, out var staged))
        {
            return rejection;
        }

        await staged.DisposeAsync();
        return Check(selection.Rows);
    }

    /// <summary>
    /// Replays the edited rows as a load of its own. Refused, and nothing changed, when rows are still faulty or were replayed before, or when the load or the request
    /// is not fit for it. Null when there is no such load.
    /// </summary>
    internal async Task<Result<Replay>?> ReplayAsync(long loadId, MendRequest request, string by, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetCatalogNow();
        if (await SelectAsync(loadId, request, cancellationToken) is not { } selected)
        {
            return null;
        }

        if (selected.IsRefused(out var rejection, out var selection))
        {
            return rejection;
        }

        using var activity = telemetry.Activities.StartActivity("ingestion replay");
        if ((await StageAsync(selection, request.LeaveFaulty, cancellationToken)).IsRefused(out rejection, out var rows))
        {
            return rejection;
        }

        await using (rows)
        {
            var staged = StagedLoad.OfReplay(rows, await NextIdAsync(cancellationToken), loadId, by, receivedAt, time);
            return await CommitAsync(staged, new ReplayRecord(loadId, staged.Id, selection.Rows), selection.Rows, by, cancellationToken);
        }
    }

    private async Task<Result<Replay>> CommitAsync(StagedLoad staged, ReplayRecord record, List<EditedRow> rows, string by, CancellationToken cancellationToken)
    {
        var outcomes = await register.CommitAsync([staged], record, cancellationToken);
        switch (outcomes[0])
        {
            case UploadOutcome.Created { Load: var load }:
                var dropped = rows.Count(row => row.After is null);
                Log.Replayed(logger, load.Id, load.ReplaysLoadId, load.Dataset, rows.Count - dropped, dropped, by);
                return new Replay(load, rows.Count - dropped, dropped, by);
            case UploadOutcome.Refused { Rejection: var rejection }:
                return rejection;
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other}.");
        }
    }

    private async Task<long> NextIdAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.NextLoadIdAsync(cancellationToken);
    }

    private async Task<Result<Selection>?> SelectAsync(long loadId, MendRequest request, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var load = await catalog.Loads.AsNoTracking()
            .Where(load => load.Id == loadId)
            .Select(load => new { load.Dataset, load.State, load.FileColumns })
            .SingleOrDefaultAsync(cancellationToken);
        if (load is null || LakeTables.Find(load.Dataset) is not { } table)
        {
            return null;
        }

        if (!string.Equals(load.State, LoadStates.Completed, StringComparison.Ordinal))
        {
            return ReplayRecord.NotCompleted(loadId, load.State);
        }

        if (MendRequestRules.Check(request, table) is { } invalid)
        {
            return invalid;
        }

        if (load.FileColumns is not { Length: > 0 } columns)
        {
            return new Rejection(
                "unknown-columns",
                "The order of the file's columns is not known",
                "The load is older than the record of its file's columns, so its rows cannot be read again. Correct the file and upload it.")
            { Kind = RejectionKind.Conflict };
        }

        var mender = new RowMender(table, columns);
        return (await QuarantineSelection.ReadAsync(catalog, loadId, request, mender, options.Value, cancellationToken)).IsRefused(out var rejection, out var rows)
            ? rejection
            : new Selection(table, mender, rows);
    }

    /// <summary>Reads the rows that pass, and leaves the others out of the selection if that is asked for.</summary>
    private async Task<Result<StagedRows>> StageAsync(Selection selection, bool leaveFaulty, CancellationToken cancellationToken)
    {
        if ((await ReadAsync(selection, cancellationToken)).IsRefused(out var rejection, out var staged))
        {
            return rejection;
        }

        if (staged.Quarantine.Count == 0 && selection.Rows.TrueForAll(row => row.Fault is null))
        {
            return staged;
        }

        // The written file may lack a row whose key a faulty one had first: read again what passes.
        await staged.DisposeAsync();
        if (FaultUnlessLeft(selection.Rows, leaveFaulty) is { } faulty)
        {
            return faulty;
        }

        selection.Rows.RemoveAll(row => row.Fault is not null);
        return await ReadAsync(selection, cancellationToken);
    }

    /// <summary>Reads those of the rows that pass so far, by the very code that reads uploads, and sets the fault of those that do not pass now.</summary>
    private async Task<Result<StagedRows>> ReadAsync(Selection selection, CancellationToken cancellationToken)
    {
        var file = selection.Mender.File(selection.Rows, options.Value.MaxRowBytes, out var byLine);
        var read = await reader.ReadAsync(selection.Table, file, byLine.ToDictionary(row => row.Key, row => row.Value.Line), cancellationToken);
        if (!read.IsRefused(out _, out var staged))
        {
            foreach (var faulty in staged.Quarantine.Rows(staged.Quarantine.Count))
            {
                byLine[faulty.Line].Fault = new RowFault(faulty.Reason, faulty.Column, faulty.Message);
            }
        }

        return read;
    }

    private static MendCheck Check(List<EditedRow> rows) => new(
        rows.Count,
        rows.Count(row => row.Passes),
        rows.Count(row => row.Fault is not null),
        rows.Count(row => row.After is null),
        [.. rows.OrderByDescending(row => row.Fault is not null).Take(ShownRows)
            .Select(row => new CheckedRow(row.Line, row.Before, row.After, row.Fault?.Column, row.Fault?.Reason, row.Fault?.Message))]);

    private static Rejection? FaultUnlessLeft(List<EditedRow> rows, bool leaveFaulty)
    {
        var faulty = rows.Where(row => row.Fault is not null).ToList();
        if (leaveFaulty && faulty.Count < rows.Count)
        {
            return null;
        }

        var shown = string.Join(' ', faulty.Take(ShownFaults).Select(row => $"Line {row.Line}: {row.Fault?.Message}"));
        return new Rejection(
            "still-faulty",
            "Rows are still faulty",
            $"{faulty.Count} of {rows.Count} rows would be quarantined again, so nothing was replayed. Edit them further, drop them, or replay the others with leaveFaulty. {shown}")
        { Line = faulty[0].Line };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} replays rows of load {MendedLoadId} of {Dataset}: {Mended} mended, {Dropped} dropped, by {By}")]
        public static partial void Replayed(ILogger logger, long loadId, long? mendedLoadId, string dataset, long mended, long dropped, string by);
    }

    /// <summary>The rows that a request takes, edited.</summary>
    private sealed record Selection(LakeTable Table, RowMender Mender, List<EditedRow> Rows);
}
