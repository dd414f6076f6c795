using System.Diagnostics;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// A load to be: rows that are read and written aside, whatever their source, and what the catalog will say of them. Disposing removes whatever was not committed.
/// </summary>
/// <param name="keptRows">How many of the quarantined rows are stored.</param>
internal sealed class StagedLoad(StagedRows rows, LoadEntity entity, long keptRows) : IAsyncDisposable
{
    /// <summary>The load's id, fixed before the first byte was read.</summary>
    internal long Id => entity.Id;

    internal StagedRows Rows => rows;

    /// <summary>The load as it will be in the catalog.</summary>
    internal LoadEntity Entity => entity;

    /// <summary>Whether too many rows were quarantined: nothing is loaded, the load is kept for its quarantine.</summary>
    internal bool Fails => entity.State is LoadStates.Failed;

    internal long KeptRows => keptRows;

    /// <summary>Reads an upload to its end.</summary>
    /// <param name="progress">Gives the id that the load will have, and receives the progress of reading.</param>
    internal static async Task<Result<StagedLoad>> ReadAsync(
        Upload upload, UploadProgress progress, FileReader reader, IngestionOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((await reader.ReadAsync(upload, progress.Counts, cancellationToken)).IsRefused(out var rejection, out var rows))
        {
            return rejection;
        }

        var (totals, quarantined) = (rows.Totals, rows.Quarantine.Count);
        var fails = upload.Budget.IsExceeded(quarantined, totals.Read) || quarantined > options.MaxQuarantinedRows;
        return new StagedLoad(rows, EntityOf(rows, progress.Id, progress.ReceivedAt, fails, upload, replay: null, time), fails ? options.KeptRowsOfFailedLoad : quarantined);
    }

    /// <summary>The load of mended rows, none of which is quarantined again.</summary>
    /// <param name="loadId">The load that set them aside.</param>
    /// <param name="by">The name of the key that replays them.</param>
    internal static StagedLoad OfReplay(StagedRows rows, long id, long loadId, string by, DateTimeOffset receivedAt, TimeProvider time) =>
        new(rows, EntityOf(rows, id, receivedAt, fails: false, upload: null, (loadId, by), time), keptRows: 0);

    public ValueTask DisposeAsync() => rows.DisposeAsync();

    private static LoadEntity EntityOf(
        StagedRows rows, long id, DateTimeOffset receivedAt, bool fails, Upload? upload, (long LoadId, string By)? replay, TimeProvider time)
    {
        var (totals, written) = (rows.Totals, Dollars(rows.Writer.SalesCents));

        // The sums of a replay are those of the load that it mends.
        var sales = upload is null ? null : totals.Sales;
        return new LoadEntity
        {
            Id = id,
            Dataset = rows.Table.Name,
            State = fails ? LoadStates.Failed : LoadStates.Completed,
            Sha256 = totals.Sha256,
            Bytes = totals.Bytes,
            Read = totals.Read,
            Loaded = fails ? 0 : rows.Writer.Rows,
            Quarantined = rows.Quarantine.Count,
            Deduplicated = totals.Deduplicated,
            BlankLines = totals.BlankLines,
            SalesValue = fails ? null : written,
            ReceivedAt = receivedAt,
            CompletedAt = time.GetCatalogNow(),
            TraceId = Activity.Current?.TraceId.ToHexString(),
            Discarded = fails ? rows.Writer.Rows : 0,
            SalesRead = Dollars(sales?.Read),
            SalesQuarantined = Dollars(sales?.Quarantined),
            SalesDeduplicated = Dollars(sales?.Deduplicated),
            SalesDiscarded = sales is null ? null : fails ? written ?? 0 : 0,
            SalesUnreadableRows = sales?.UnreadableRows,
            MultilineFields = totals.MultilineFields,
            FirstMultilineLine = upload is null ? null : totals.FirstMultilineLine,
            BatchId = upload?.BatchId,
            KeyFingerprint = upload?.Key,
            LoadedBy = upload?.By ?? replay?.By,
            FileName = rows.EntryName ?? upload?.FileName,
            FileColumns = totals.FileColumns,
            ReplaysLoadId = replay?.LoadId,
            ReplayedBy = replay?.By,
        };
    }

    private static decimal? Dollars(long? cents) => cents / 100m;
}
