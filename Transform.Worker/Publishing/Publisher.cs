using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Catalog.Outbox;
using Dunnhumby.Catalog.Versions;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Publishes computed tables as a new version, in one transaction: tables in a fresh schema, each as soon as it is computed, the fence, the version's
/// record, the message and the views. Readers see the old version or the new one, whole; a worker that dies leaves nothing behind.
/// What the plan carries over, and the last good table in place of one that failed, is not copied: the new version sees the older one's table.
/// </summary>
internal sealed class Publisher(
    IDbContextFactory<LakeCatalog> catalogs,
    ModelCatalog models,
    TransformSettings settings,
    VersionTables tables,
    VersionLineage lineage,
    RunLeases leases,
    OutboxSignal outbox,
    TimeProvider time)
{
    /// <param name="lease">The run's.</param>
    /// <param name="made">The tables, or their making.</param>
    /// <param name="inputs">What they are made of.</param>
    /// <param name="fingerprint">The version's.</param>
    /// <param name="plan">What of them the version takes.</param>
    /// <param name="current">The published version as it was when the run began; it is read again when another one came since.</param>
    /// <param name="cancellationToken">Ends it early: nothing was published then.</param>
    /// <returns>The new version's number, null when it would say what the published one says; and what failed, null when nothing did.</returns>
    /// <exception cref="RunFencedException">Another worker has taken the run over: nothing was published.</exception>
    internal async Task<(int? Version, RunFailure? Failure)> PublishAsync(
        RunLease lease,
        MadeTables made,
        LakeInputs inputs,
        string fingerprint,
        PublishingPlan plan,
        VersionEntity? current,
        CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("publish");
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)catalog.Database.GetDbConnection();

        // The final name is given at the end: a worker that was stopped in the middle must not hold it.
        var build = $"insights_build_{lease.RunId}_{lease.Fence}";
        await TableCopy.ExecuteAsync($"create schema {build}", connection, cancellationToken);
        var newest = await catalog.Versions.MaxAsync(published => (int?)published.Version, cancellationToken);
        var previous = newest == current?.Version ? current : await PublishedVersion.FindAsync(catalog, cancellationToken);
        var number = 1 + (previous?.Version ?? 0);
        var (copied, failures) = await tables.CopyAsync(number, made, plan, previous, build, connection, cancellationToken);
        var version = Version(number, lease, fingerprint, plan, failures);
        var former = new FormerTables(previous, inputs, models, version.PublishedAt);
        foreach (var (ordinal, table) in models.Published.Index())
        {
            version.Tables.Add(
                plan.Waits(table.Name) ? former.Wait(table, ordinal, number)
                : plan.Carries(table.Name) ? former.Carry(table, ordinal, number)
                : copied.GetValueOrDefault(table.Name) ?? former.Keep(table, ordinal, number, failures[table.Name]));
        }

        lineage.Describe(version);
        var failure = Failure(version, failures);
        if (failure is not null && IsInVain(version, previous))
        {
            await transaction.RollbackAsync(cancellationToken);
            return (null, failure);
        }

        await leases.EndAsync(lease, version.Version, failure, made.Computing.Steps, connection, cancellationToken);
        await VersionTables.ShowAsync(version, build, connection, cancellationToken);
        await AddNoticesAsync(version, previous, made.Warehouse, plan, failures, cancellationToken);
        catalog.Versions.Add(version);
        catalog.Outbox.Add(OutboxMessages.From(new InsightsPublished(version.Version, lease.RunId, version.PublishedAt), version.PublishedAt));
        await catalog.SaveChangesAsync(cancellationToken);
        await AddLoadsAsync(version, inputs, connection, cancellationToken);
        await VersionViews.ShowAsync(version, build, connection, cancellationToken);
        // Not to be cancelled: our own commit ends the lease, which the lease's keeper takes for a loss.
        await transaction.CommitAsync(CancellationToken.None);

        outbox.Raise();
        activity?.SetTag("dunnhumby.version", version.Version).SetTag("dunnhumby.tables.carried", models.Published.Count(table => plan.Carries(table.Name)));
        return (version.Version, failure);
    }

    private static RunFailure? Failure(VersionEntity version, IReadOnlyDictionary<string, ModelFailure> failures)
    {
        var failed = version.Tables.Where(table => failures.ContainsKey(table.Name)).OrderBy(table => table.Ordinal).ToList();
        return failed.Count == 0 ? null : RunFailure.Of([.. failed.Select(table => (table.Name, failures[table.Name], table.SuspectedLoads))]);
    }

    /// <summary>Whether readers would learn nothing: the same tables failed over the same inputs, or there is no good table at all.</summary>
    private static bool IsInVain(VersionEntity version, VersionEntity? previous)
    {
        if (previous is null)
        {
            return version.Tables.All(table => table.RowsSchema is null);
        }

        return string.Equals(previous.Fingerprint, version.Fingerprint, StringComparison.Ordinal) && Failing(version).SetEquals(Failing(previous));

        static HashSet<string> Failing(VersionEntity of) =>
            [.. of.Tables.Where(table => table.State is TableStates.Stale or TableStates.Absent).Select(table => $"{table.Name} {table.Reason} {string.Join(',', table.SuspectedLoads)}")];
    }

    private VersionEntity Version(int number, RunLease lease, string fingerprint, PublishingPlan plan, IReadOnlyDictionary<string, ModelFailure> failures) => new()
    {
        Version = number,
        PublishedAt = time.GetUtcNow(),
        RunId = lease.RunId,
        DayOne = settings.DayOne,
        Fingerprint = fingerprint,
        SchemaName = VersionEntity.SchemaOf(number),
        Settings = settings.ToJson(),
        PartFingerprints = plan.Fingerprints
            .Where(part => plan.Carries(part.Key) || !(failures.ContainsKey(part.Key) || (failures.ContainsKey(NoticeTable.Name) && models.Notes(part.Key))))
            .ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>In one statement: a lake of daily loads has many.</summary>
    private static async Task AddLoadsAsync(VersionEntity version, LakeInputs inputs, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into insights.version_loads (version, load_id, dataset, sha256, loaded, completed_at)
            select $1, id, dataset, sha256, loaded, completed_at from catalog.loads where id = any ($2)
            """,
            connection);
        command.Parameters.AddWithValue(version.Version);
        command.Parameters.AddWithValue(inputs.Loads.Select(load => load.Id).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The run's notices, and the former ones of what could not be counted this time.</summary>
    private async Task AddNoticesAsync(
        VersionEntity version,
        VersionEntity? previous,
        Warehouse warehouse,
        PublishingPlan plan,
        IReadOnlyDictionary<string, ModelFailure> failures,
        CancellationToken cancellationToken)
    {
        foreach (var notice in await NoticeTable.ReadAsync(warehouse, cancellationToken))
        {
            Add(notice.Code, notice.Part, notice.Ordinal, notice.Count, notice.Message);
        }

        var isIncomplete = models.Notices.Select(model => model.Name).Append(NoticeTable.Name).Any(failures.ContainsKey);
        var counted = version.Notices.Select(notice => notice.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var notice in (previous?.Notices ?? []).Where(notice => (isIncomplete || plan.IsKept(notice.Part)) && !counted.Contains(notice.Code)))
        {
            Add(notice.Code, notice.Part, notice.Ordinal, notice.Count, notice.Message);
        }

        void Add(string code, string? part, int ordinal, long count, string message) =>
            version.Notices.Add(new VersionNoticeEntity { Version = version.Version, Code = code, Part = part, Ordinal = ordinal, Count = count, Message = message });
    }
}
