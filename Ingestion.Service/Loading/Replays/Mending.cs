using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>Mends quarantined rows: tries edits out, and replays the rows as a load that belongs to the one that set them aside.</summary>
internal sealed class Mending(
    IDbContextFactory<LakeCatalog> catalogs,
    ReplayRegister register,
    LakeLayout layout,
    IngestionTelemetry telemetry,
    IOptions<IngestionOptions> options,
    TimeProvider time)
{
    private const int ShownRows = 200;
    private const int ShownFaults = 20;

    /// <summary>What the edits would do; nothing is changed. Null when there is no such load.</summary>
    /// <exception cref="RejectedContentException">The load or the request is not fit for it.</exception>
    internal async Task<MendCheck?> CheckAsync(long loadId, MendRequest request, CancellationToken cancellationToken)
    {
        if (await PrepareAsync(loadId, request, cancellationToken) is not var (table, mender, rows))
        {
            return null;
        }

        await using var staged = await ReadAsync(table, rows, mender, cancellationToken);
        return Check(rows);
    }

    /// <summary>Replays the edited rows. Null when there is no such load.</summary>
    /// <exception cref="RejectedContentException">Rows are still faulty, were replayed before, or the load or the request is not fit for it: nothing was changed.</exception>
    internal async Task<Replay?> ReplayAsync(long loadId, MendRequest request, string by, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        if (await PrepareAsync(loadId, request, cancellationToken) is not var (table, mender, rows))
        {
            return null;
        }

        using var activity = telemetry.Activities.StartActivity("ingestion replay");
        var staged = await ReadAsync(table, rows, mender, cancellationToken);
        try
        {
            if (staged.Quarantined > 0 || rows.Any(row => row.Fault is not null))
            {
                ThrowUnlessLeft(rows, request.LeaveFaulty);

                // The written file may lack a row whose key a faulty one had first: read anew what passes.
                await staged.DisposeAsync();
                rows = [.. rows.Where(row => row.Fault is null)];
                staged = await ReadAsync(table, rows, mender, cancellationToken);
            }

            return await register.CommitAsync(loadId, table, mender, rows, staged, receivedAt, by, cancellationToken);
        }
        finally
        {
            await staged.DisposeAsync();
        }
    }

    private async Task<(LakeTable Table, RowMender Mender, List<EditedRow> Rows)?> PrepareAsync(long loadId, MendRequest request, CancellationToken cancellationToken)
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
            throw new RejectedContentException(NotCompleted(loadId, load.State));
        }

        if (MendRequestRules.Check(request, table) is { } invalid)
        {
            throw new RejectedContentException(invalid);
        }

        if (load.FileColumns is not { Length: > 0 } columns)
        {
            throw new RejectedContentException(new Rejection(
                "unknown-columns",
                "The order of the file's columns is not known",
                "The load is older than the record of its file's columns, so its rows cannot be read again. Mend the file and upload it.")
            { Status = StatusCodes.Status409Conflict });
        }

        var mender = new RowMender(table, columns);
        return (table, mender, await QuarantineSelection.ReadAsync(catalog, loadId, request, mender, options.Value, cancellationToken));
    }

    internal static Rejection NotCompleted(long loadId, string state) => new(
        "not-completed",
        "The load's rows are not in the lake",
        $"Load {loadId} is {state}: its quarantined rows alone would be a part of what is missing. Mend the file and upload it again.")
    { Status = StatusCodes.Status409Conflict };

    private Task<StagedReplay> ReadAsync(LakeTable table, IReadOnlyList<EditedRow> rows, RowMender mender, CancellationToken cancellationToken) =>
        StagedReplay.ReadAsync(table, rows, mender, layout, options.Value, telemetry, cancellationToken);

    private static MendCheck Check(List<EditedRow> rows) => new(
        rows.Count,
        rows.Count(row => row.Passes),
        rows.Count(row => row.Fault is not null),
        rows.Count(row => row.After is null),
        [.. rows.OrderByDescending(row => row.Fault is not null).Take(ShownRows)
            .Select(row => new CheckedRow(row.Line, row.Before, row.After, row.Fault?.Column, row.Fault?.Reason, row.Fault?.Message))]);

    private static void ThrowUnlessLeft(List<EditedRow> rows, bool leaveFaulty)
    {
        var faulty = rows.Where(row => row.Fault is not null).ToList();
        if (!leaveFaulty || faulty.Count == rows.Count)
        {
            var shown = string.Join(' ', faulty.Take(ShownFaults).Select(row => $"Line {row.Line}: {row.Fault?.Message}"));
            throw new RejectedContentException(new Rejection(
                "still-faulty",
                "Rows are still faulty",
                $"{faulty.Count} of {rows.Count} rows would be quarantined again, so nothing was replayed. Edit them further, drop them, or replay the others with leaveFaulty. {shown}")
            { Line = faulty[0].Line });
        }
    }
}
