using System.Diagnostics;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading.Batches;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>Puts staged files into the lake and commits their loads together: readers and the transform see all of them or none.</summary>
internal sealed partial class LoadCommits(LoadRegister register, CommitInquiry inquiry, IngestionTelemetry telemetry, TimeProvider time, ILogger<LoadCommits> logger)
{
    /// <summary>Commits what is new of <paramref name="staged"/>.</summary>
    /// <param name="staged">Read to the end, at most one per data set, in the order of the data sets: two batches at once must not wait for each other.</param>
    /// <param name="batch">The batch that they came with, committed with them; null for a file alone.</param>
    /// <returns>How each ended, in the same order.</returns>
    internal async Task<IReadOnlyList<UploadOutcome>> CommitAsync(IReadOnlyList<StagedLoad> staged, StagedBatch? batch, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Activities.StartActivity("commit load");
        var known = new Dictionary<long, Load>();
        var fresh = new List<StagedLoad>();
        foreach (var load in staged)
        {
            if (await register.FindAsync(EntityOf(load).Dataset, EntityOf(load).Sha256, cancellationToken) is { } earlier)
            {
                known.Add(load.Id, earlier);
            }
            else
            {
                fresh.Add(load);
            }
        }

        if (fresh.Count > 0 || batch is not null)
        {
            foreach (var (id, winner) in await PlaceAndAddAsync(fresh, batch, known, cancellationToken))
            {
                known.TryAdd(id, winner);
            }
        }

        return [.. staged.Select(load => known.TryGetValue(load.Id, out var earlier) ? Known(earlier) : Ended(load))];
    }

    private static LoadEntity EntityOf(StagedLoad staged) => staged.Entity ?? throw new InvalidOperationException("Only a file that was read to its end is committed.");

    private UploadOutcome.Known Known(Load earlier)
    {
        Log.Known(logger, earlier.Id, earlier.Dataset);
        return new UploadOutcome.Known(earlier);
    }

    private UploadOutcome Ended(StagedLoad staged)
    {
        var load = EntityOf(staged).ToContract();
        Activity.Current?.SetTag("dunnhumby.dataset", load.Dataset).SetTag("dunnhumby.load.id", load.Id).SetTag("dunnhumby.rows", load.Loaded);
        telemetry.Count(load, staged.Quarantine.ByReason);
        Log.Ended(logger, load.Id, load.Dataset, load.State, load.Read, load.Loaded, load.Quarantined, load.Deduplicated, (load.CompletedAt - load.ReceivedAt).TotalMilliseconds);
        return staged.Fails ? new UploadOutcome.OverBudget(load) : new UploadOutcome.Created(load);
    }

    /// <summary>The earlier loads that those of <paramref name="fresh"/> lost to, which were committed meanwhile; by the id that lost.</summary>
    private async Task<IReadOnlyDictionary<long, Load>> PlaceAndAddAsync(List<StagedLoad> fresh, StagedBatch? batch, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken)
    {
        foreach (var staged in fresh)
        {
            Place(staged);
            EntityOf(staged).CompletedAt = time.GetCatalogNow();
        }

        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyDictionary<long, Load>? winners;
        try
        {
            // Not cancelled from here on: a commit that is cancelled half-way is a commit of unknown outcome.
            winners = await register.AddAsync(fresh, batch, known, CancellationToken.None);
        }
        catch (CommitUnknownException lost)
        {
            winners = await WinnersIfCommittedAsync(fresh, lost.TransactionId);
            if (winners is null)
            {
                throw;
            }
        }

        foreach (var staged in fresh.Where(staged => EntityOf(staged).Files.Count > 0 && !winners.ContainsKey(staged.Id)))
        {
            staged.File?.Keep();
        }

        return winners;
    }

    private static void Place(StagedLoad staged)
    {
        if (staged.Fails || staged.File is not { } file)
        {
            return;
        }

        var entity = EntityOf(staged);
        var path = LakeLayout.PartFile(entity.Dataset, entity.Id, part: 0);
        file.Place(path);
        entity.Files.Add(new LakeFileEntity { Path = path, LoadId = entity.Id, Rows = entity.Loaded, Bytes = file.Length });
    }

    /// <summary>Asked when the answer to the commit was lost. Null when nothing was committed, or when that is not to be had.</summary>
    private async Task<IReadOnlyDictionary<long, Load>?> WinnersIfCommittedAsync(List<StagedLoad> fresh, long transactionId)
    {
        try
        {
            if (await inquiry.IsOverAsync(transactionId))
            {
                return await register.WinnersIfCommittedAsync(fresh, CancellationToken.None);
            }
        }
        catch (Exception away) when (DatabaseOutage.IsIn(away))
        {
            // As if it had not answered before.
        }

        // A file too many does no harm, since the catalog does not list it; a listed file that is gone would.
        foreach (var staged in fresh)
        {
            staged.File?.Keep();
            Log.CommitUnknown(logger, staged.Id);
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} of {Dataset} {State}: read {Read}, loaded {Loaded}, quarantined {Quarantined}, deduplicated {Deduplicated}, in {Milliseconds:0} ms")]
        public static partial void Ended(ILogger logger, long loadId, string dataset, string state, long read, long loaded, long quarantined, long deduplicated, double milliseconds);

        [LoggerMessage(LogLevel.Information, "The content is that of load {LoadId} of {Dataset}")]
        public static partial void Known(ILogger logger, long loadId, string dataset);

        [LoggerMessage(LogLevel.Warning, "Whether load {LoadId} was committed is not known: its file stays")]
        public static partial void CommitUnknown(ILogger logger, long loadId);
    }
}
