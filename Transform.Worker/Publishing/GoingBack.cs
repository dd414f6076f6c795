using System.Data;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Catalog.Outbox;
using Dunnhumby.Catalog.Versions;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Publishes a former version again, as a new one, whose tables are views of the former one's rows: nothing is computed or copied. All of it is one transaction,
/// and in it a run of its own: while another run is in progress it waits, and no run starts before its end.
/// </summary>
internal sealed partial class GoingBack(
    IDbContextFactory<LakeCatalog> catalogs,
    OldVersions oldVersions,
    OutboxSignal outbox,
    IOptions<TransformOptions> options,
    TimeProvider time,
    ILogger<GoingBack> logger)
{
    /// <summary>How the reason of such a run begins.</summary>
    internal const string Reason = "back to version ";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Goes back to a version, and holds it: see <see cref="VersionHold"/>.</summary>
    internal async Task<GoneBack> ToAsync(int version, string by, CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("go back");
        activity?.SetTag("dunnhumby.version", version);
        var started = time.GetTimestamp();
        while (true)
        {
            if (await AttemptAsync(version, by, cancellationToken) is { } outcome)
            {
                if (outcome.Published is { } published)
                {
                    Log.WentBack(logger, published.Version, version, by);
                    outbox.Raise();
                    await oldVersions.RemoveAsync(CancellationToken.None);
                }

                return outcome;
            }

            if (time.GetElapsedTime(started) > options.Value.GoBackPatience)
            {
                return new GoneBack(GoneBackOutcome.Busy, Published: null);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <returns>Null while another run is in progress, or a reader holds what is to be switched.</returns>
    private async Task<GoneBack?> AttemptAsync(int number, string by, CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(number, by, cancellationToken);
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return null;
        }
    }

    /// <returns>Null while another run is in progress.</returns>
    private async Task<GoneBack?> TryAsync(int number, string by, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var connection = (NpgsqlConnection)catalog.Database.GetDbConnection();
        if (await RunLeases.OccupyAsync(connection, $"{Reason}{number}", by, cancellationToken) is not { } run)
        {
            return null;
        }

        // Whoever removes old versions waits, and then sees that the rows are shown.
        await catalog.Database.ExecuteSqlAsync($"select from insights.versions where version = {number} for share", cancellationToken);
        var former = await PublishedVersion.FindAsync(catalog, number, cancellationToken);
        var current = await PublishedVersion.FindAsync(catalog, cancellationToken);
        // Also when it was removed since: the version that repeats it is there.
        if (current is not null && (number == current.Version || (current.Republishes == number && current.HeldSince is not null)))
        {
            return new GoneBack(GoneBackOutcome.Current, current);
        }

        if (former is null || current is null)
        {
            return new GoneBack(number >= 1 && number < current?.Version ? GoneBackOutcome.Removed : GoneBackOutcome.Unknown, Published: null);
        }

        var version = await RepeatAsync(former, current, run, catalog, connection, cancellationToken);
        await RunLeases.EndOccupiedAsync(connection, run, version.Version, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new GoneBack(GoneBackOutcome.Published, version);
    }

    private async Task<VersionEntity> RepeatAsync(
        VersionEntity former, VersionEntity current, long run, LakeCatalog catalog, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var number = 1 + current.Version;
        // Not the lake as it is: a load that is completed and not yet computed is newer than what readers have, and the next run brings it.
        var held = await catalog.Database.SqlQueryRaw<HeldState>($"select clock_timestamp() as since, {VersionEntity.LakeStateOfVersion} as lake", current.Version).SingleAsync(cancellationToken);
        var version = new VersionEntity
        {
            Version = number,
            PublishedAt = time.GetUtcNow(),
            RunId = run,
            DayOne = former.DayOne,
            Fingerprint = former.Fingerprint,
            PartFingerprints = former.PartFingerprints,
            SchemaName = VersionEntity.SchemaOf(number),
            Settings = former.Settings,
            Lineage = former.Lineage,
            Republishes = former.Version,
            HeldSince = held.Since,
            HeldLake = current.HeldLake ?? held.Lake,
        };
        var later = await WithLaterRowsAsync(former, catalog, cancellationToken);
        foreach (var table in former.Tables)
        {
            version.Tables.Add(Repeat(table, former, number, later.Contains(table.Name)));
        }

        foreach (var notice in former.Notices)
        {
            version.Notices.Add(new VersionNoticeEntity
            {
                Version = number,
                Code = notice.Code,
                Part = notice.Part,
                Ordinal = notice.Ordinal,
                Count = notice.Count,
                Message = notice.Message,
            });
        }

        foreach (var load in former.Loads)
        {
            version.Loads.Add(new VersionLoadEntity
            {
                Version = number,
                LoadId = load.LoadId,
                Dataset = load.Dataset,
                Sha256 = load.Sha256,
                Loaded = load.Loaded,
                CompletedAt = load.CompletedAt,
            });
        }

        catalog.Versions.Add(version);
        catalog.Outbox.Add(OutboxMessages.From(new InsightsPublished(number, run, version.PublishedAt), version.PublishedAt));
        await catalog.SaveChangesAsync(cancellationToken);

        var build = $"insights_build_{run}_0";
        await TableCopy.ExecuteAsync($"create schema {build}", connection, cancellationToken);
        await VersionTables.ShowAsync(version, build, connection, cancellationToken);
        await VersionViews.ShowAsync(version, build, connection, cancellationToken);
        return version;
    }

    /// <summary>The tables whose rows a later version has changed where they are.</summary>
    private static async Task<HashSet<string>> WithLaterRowsAsync(VersionEntity former, LakeCatalog catalog, CancellationToken cancellationToken)
    {
        var names = await catalog.VersionTables.AsNoTracking()
            .Where(table => table.Version == former.Version
                && catalog.VersionTables.Any(later => later.Name == table.Name && later.RowsSchema == table.RowsSchema && later.RowsVersion > table.RowsVersion))
            .Select(table => table.Name)
            .ToListAsync(cancellationToken);
        return names.ToHashSet(StringComparer.Ordinal);
    }

    private static VersionTableEntity Repeat(VersionTableEntity table, VersionEntity former, int number, bool hasLaterRows) => new()
    {
        Version = number,
        Name = table.Name,
        Ordinal = table.Ordinal,
        Rows = table.Rows,
        Grain = table.Grain,
        Columns = table.Columns,
        About = table.About,
        State = table.State,
        ComputedVersion = table.RowsSchema is null ? null : table.ComputedVersion ?? former.Version,
        ComputedAt = table.RowsSchema is null ? null : table.ComputedAt ?? former.PublishedAt,
        StaleSince = table.StaleSince,
        Reason = table.Reason,
        EngineText = table.EngineText,
        FailedOrigin = table.FailedOrigin,
        SuspectedLoads = table.SuspectedLoads,
        MissingLoads = table.MissingLoads,
        WithdrawnLoads = table.WithdrawnLoads,
        RowsSchema = table.RowsSchema,
        RowsVersion = table.RowsVersion,
        HasLaterRows = table.HasLaterRows || hasLaterRows,
    };

    private sealed record HeldState(DateTimeOffset Since, string Lake);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Version {Version} repeats version {Former}, asked for by {By}: it is held")]
        public static partial void WentBack(ILogger logger, int version, int former, string by);
    }
}

/// <summary>What came of going back.</summary>
/// <param name="Outcome">Whether there is a new version, or why not.</param>
/// <param name="Published">The new version, or the current one that shows the same already; null otherwise.</param>
internal sealed record GoneBack(GoneBackOutcome Outcome, VersionEntity? Published);

/// <summary>Whether going back made a new version, or why not.</summary>
internal enum GoneBackOutcome
{
    /// <summary>There is a new version.</summary>
    Published,

    /// <summary>There never was such a version.</summary>
    Unknown,

    /// <summary>It was removed, since newer ones have taken its place.</summary>
    Removed,

    /// <summary>It is what readers have.</summary>
    Current,

    /// <summary>Another run took too long.</summary>
    Busy,
}
