using System.Diagnostics;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// Puts staged loads into the lake and registers them together, with their files, quarantines and messages: readers and the transform see all of them or none.
/// Uploads, batches and replays all come this way, once each.
/// </summary>
internal sealed partial class LoadRegister(
    CatalogCommits commits,
    IngestionTelemetry telemetry,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<LoadRegister> logger)
{
    /// <summary>Commits what is new of <paramref name="staged"/>.</summary>
    /// <param name="staged">At most one per data set, in the order of the data sets: two batches at once must not wait for each other.</param>
    /// <param name="companion">What is committed with them; null for a file alone.</param>
    /// <returns>How each ended, in the same order. When the companion is refused, all are, and nothing is committed.</returns>
    internal async Task<IReadOnlyList<UploadOutcome>> CommitAsync(IReadOnlyList<StagedLoad> staged, ICommittedWithLoads? companion, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity("commit load");
        var known = await FindKnownAsync(staged, cancellationToken);
        var fresh = staged.Where(load => !known.ContainsKey(load.Id)).ToList();
        if (fresh.Count > 0 || companion is not null)
        {
            var committed = await PlaceAndAddAsync(fresh, companion, known, cancellationToken);
            if (committed.Rejection is { } rejection)
            {
                return [.. staged.Select(_ => new UploadOutcome.Refused(rejection))];
            }

            foreach (var (id, winner) in committed.Winners)
            {
                known.TryAdd(id, winner);
            }
        }

        return [.. staged.Select(load => known.TryGetValue(load.Id, out var earlier) ? Known(earlier) : Ended(load))];
    }

    /// <summary>What a staged file would have led to. The caller throws it away.</summary>
    internal async Task<UploadCheck> CheckAsync(StagedLoad staged, CancellationToken cancellationToken)
    {
        var load = staged.Entity.ToContract();
        var known = (await FindKnownAsync([staged], cancellationToken)).GetValueOrDefault(staged.Id);
        return new UploadCheck(
            known is not null ? UploadOutcomes.Known : staged.Fails ? UploadOutcomes.OverBudget : UploadOutcomes.Created,
            load with { Id = known?.Id ?? 0 },
            [.. staged.Rows.Quarantine.ByReason.Select(reason => new ReasonCount(reason.Key, reason.Value)).OrderByDescending(reason => reason.Rows).ThenBy(reason => reason.Reason, StringComparer.Ordinal)],
            [.. staged.Rows.Quarantine.Rows(options.Value.DryRunRows)]);
    }

    /// <summary>The completed loads that hold the content of staged ones already, by the ids of these. The same rows may be replayed again: a row's own record says whether it may.</summary>
    private async Task<Dictionary<long, Load>> FindKnownAsync(IReadOnlyList<StagedLoad> staged, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, Load>();
        foreach (var load in staged.Where(load => load.Entity.ReplaysLoadId is null))
        {
            if (await commits.ReadAsync((catalog, cancelled) => LoadRows.FindAsync(catalog, load.Entity, cancelled), cancellationToken) is { } earlier)
            {
                known.Add(load.Id, earlier);
            }
        }

        return known;
    }

    private async Task<Committed> PlaceAndAddAsync(List<StagedLoad> fresh, ICommittedWithLoads? companion, Dictionary<long, Load> known, CancellationToken cancellationToken)
    {
        foreach (var staged in fresh)
        {
            Place(staged);
            staged.Entity.CompletedAt = time.GetCatalogNow();
        }

        cancellationToken.ThrowIfCancellationRequested();
        Committed committed;
        try
        {
            // Not cancelled from here on: the files are in place.
            committed = await commits.CommitAsync(
                (catalog, cancelled) => AddAsync(catalog, fresh, companion, known, cancelled), catalog => FindCommittedAsync(catalog, fresh), CancellationToken.None);
        }
        catch (CommitUnknownException)
        {
            // A file too many does no harm, since the catalog does not list it; a listed file that is gone would.
            foreach (var staged in fresh)
            {
                staged.Rows.File?.Keep();
                Log.CommitUnknown(logger, staged.Id);
            }

            throw;
        }

        foreach (var staged in fresh.Where(staged => committed.Rejection is null && staged.Entity.Files.Count > 0 && !committed.Winners.ContainsKey(staged.Id)))
        {
            staged.Rows.File?.Keep();
        }

        return committed;
    }

    private static void Place(StagedLoad staged)
    {
        if (staged.Fails || staged.Rows.File is not { } file)
        {
            return;
        }

        var entity = staged.Entity;
        var path = LakeLayout.PartFile(entity.Dataset, entity.Id, part: 0);
        file.Place(path);
        entity.Files.Add(new LakeFileEntity { Path = path, LoadId = entity.Id, Rows = entity.Loaded, Bytes = file.Length });
    }

    /// <summary>Writes loads, those left out whose content another load has that was committed before.</summary>
    private static async Task<(Committed Written, bool Commits)> AddAsync(
        LakeCatalog catalog, List<StagedLoad> fresh, ICommittedWithLoads? companion, Dictionary<long, Load> known, CancellationToken cancellationToken)
    {
        if (companion is not null && await companion.WriteBeforeAsync(catalog, known, cancellationToken) is { } refused)
        {
            return (new Committed(known, refused), false);
        }

        var winners = new Dictionary<long, Load>(known);
        foreach (var staged in fresh)
        {
            if (await LoadRows.AddOrFindAsync(catalog, staged.Entity, cancellationToken) is { } winner)
            {
                winners.Add(staged.Id, winner);
            }
            else
            {
                await LoadRows.CopyAsync((NpgsqlConnection)catalog.Database.GetDbConnection(), staged.Id, staged.Rows.Quarantine, staged.KeptRows, cancellationToken);
            }
        }

        if (companion is not null && await companion.WriteAfterAsync(catalog, winners, cancellationToken) is { } late)
        {
            return (new Committed(winners, late), false);
        }

        return (new Committed(winners, Rejection: null), companion is not null || winners.Count < fresh.Count);
    }

    /// <summary>What <see cref="AddAsync"/> had said; null when nothing was committed.</summary>
    private static async Task<Committed?> FindCommittedAsync(LakeCatalog catalog, List<StagedLoad> fresh)
    {
        var ids = fresh.Select(staged => staged.Id).ToList();
        var committed = await catalog.Loads.Where(load => ids.Contains(load.Id)).Select(load => load.Id).ToListAsync();
        if (committed.Count == 0)
        {
            return null;
        }

        var winners = new Dictionary<long, Load>();
        foreach (var staged in fresh.Where(staged => !committed.Contains(staged.Id)))
        {
            winners.Add(staged.Id, await LoadRows.LastOfContentAsync(catalog, staged.Entity));
        }

        return new Committed(winners, Rejection: null);
    }

    private UploadOutcome.Known Known(Load earlier)
    {
        Log.Known(logger, earlier.Id, earlier.Dataset);
        return new UploadOutcome.Known(earlier);
    }

    private UploadOutcome Ended(StagedLoad staged)
    {
        var load = staged.Entity.ToContract();
        Activity.Current?.SetTag("dunnhumby.dataset", load.Dataset).SetTag("dunnhumby.load.id", load.Id).SetTag("dunnhumby.rows", load.Loaded);
        telemetry.Count(load, staged.Rows.Quarantine.ByReason);
        if (load.ReplaysLoadId is null)
        {
            // A replay says which rows it takes, and for whom.
            Log.Ended(logger, load.Id, load.Dataset, load.State, load.Read, load.Loaded, load.Quarantined, load.Deduplicated, load.LoadedBy, (load.CompletedAt - load.ReceivedAt).TotalMilliseconds);
        }

        return staged.Fails ? new UploadOutcome.OverBudget(load) : new UploadOutcome.Created(load);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} of {Dataset} {State}: read {Read}, loaded {Loaded}, quarantined {Quarantined}, deduplicated {Deduplicated}, sent by {By}, in {Milliseconds:0} ms")]
        public static partial void Ended(ILogger logger, long loadId, string dataset, string state, long read, long loaded, long quarantined, long deduplicated, string? by, double milliseconds);

        [LoggerMessage(LogLevel.Information, "The content is that of load {LoadId} of {Dataset}")]
        public static partial void Known(ILogger logger, long loadId, string dataset);

        [LoggerMessage(LogLevel.Warning, "Whether load {LoadId} was committed is not known: its file stays")]
        public static partial void CommitUnknown(ILogger logger, long loadId);
    }

    /// <summary>What came of a transaction.</summary>
    /// <param name="Winners">By the id of each load left out, the load that has its content.</param>
    /// <param name="Rejection">Why nothing was committed; null when it was.</param>
    private sealed record Committed(IReadOnlyDictionary<long, Load> Winners, Rejection? Rejection);
}

/// <summary>What goes into the catalog in the same transaction as loads: the batch that they came with, or the record of the rows that they replay.</summary>
internal interface ICommittedWithLoads
{
    /// <summary>Writes what loads refer to, or says why nothing may be committed.</summary>
    /// <param name="known">By their ids, loads that are left out already, and the loads that have their content.</param>
    public Task<Rejection?> WriteBeforeAsync(LakeCatalog catalog, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken);

    /// <summary>Writes what refers to loads, or says why nothing may be committed.</summary>
    /// <param name="known">The same, with those that lost to another load of their content in this transaction.</param>
    public Task<Rejection?> WriteAfterAsync(LakeCatalog catalog, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken);
}
