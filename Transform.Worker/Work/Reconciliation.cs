using Dunnhumby.Catalog;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Schedules;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Work;

/// <summary>Asks for the runs that no message asked for: after changed settings or models, and for loads whose message was lost. Not while a version is held.</summary>
internal sealed class Reconciliation(
    IDbContextFactory<LakeCatalog> catalogs,
    LakeInputsReader inputs,
    PublishedVersion published,
    TransformSettings settings,
    ModelCatalog models,
    VersionHold hold,
    RunSchedules schedules,
    RunRequests requests)
{
    /// <summary>At start: whether a run would publish something else than what readers have.</summary>
    internal async Task AtStartAsync(CancellationToken cancellationToken)
    {
        if (await hold.StandsAsync(run: null, cancellationToken))
        {
            return;
        }

        var lake = await inputs.ReadAsync(cancellationToken);
        var current = await published.FindAsync(cancellationToken);
        if ((lake.Loads.Count > 0 || current is not null) && !PublishedVersion.Is(current, Fingerprint.Of(lake, settings, models)))
        {
            await requests.RequestAsync("start", cancellationToken);
        }
        else if (current is not null)
        {
            var due = schedules.Due(lake, Fingerprint.OfParts(lake, settings, models), current.PartFingerprints, models.Models.Select(model => model.Name), current);
            await requests.RequestAsync(due, cancellationToken);
        }
    }

    /// <summary>
    /// From time to time: whether a load was completed, or withdrawn, that the current version does not cover, or does not lack, and that no later run heeds.
    /// </summary>
    internal async Task RegularlyAsync(CancellationToken cancellationToken)
    {
        if (await hold.StandsAsync(run: null, cancellationToken))
        {
            return;
        }

        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);

        // Half a minute is left to the regular message. Going back computes nothing, so it heeds nothing.
        var forgotten = await catalog.Database.SqlQuery<long>(
            $"""
            select min(load.id) as "Value"
            from catalog.loads as load
            where load.state in ('completed', 'withdrawn')
                and coalesce(load.withdrawn_at, load.completed_at) < clock_timestamp() - interval '30 seconds'
                and (load.state = 'withdrawn') = exists (
                    select from insights.version_loads as covered
                    where covered.load_id = load.id and covered.version = (select max(version) from insights.versions))
                and not exists (select from catalog.runs as run where run.last_requested_at >= coalesce(load.withdrawn_at, load.completed_at) and run.reason not like {GoingBack.Reason + "%"})
            having count(*) > 0
            """).ToListAsync(cancellationToken);
        foreach (var load in forgotten)
        {
            await requests.RequestAsync($"load {load}, found without message", cancellationToken);
        }
    }
}
