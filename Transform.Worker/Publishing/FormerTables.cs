using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// What a new version says of a table that it takes from the version before, because nothing changed for it or because it failed. For a failed table: how old the
/// one in its place is, and which loads may be the cause.
/// </summary>
/// <param name="previous">The version that readers have; null when there is none.</param>
/// <param name="inputs">The new version's loads.</param>
/// <param name="models">What the tables are made from.</param>
/// <param name="now">When the new version is published.</param>
internal sealed class FormerTables(VersionEntity? previous, LakeInputs inputs, ModelCatalog models, DateTimeOffset now)
{
    private const string StatementMark = "\n\nLINE ";

    private readonly HashSet<long> _known = [.. previous?.Loads.Select(load => load.LoadId) ?? []];
    private readonly HashSet<long> _present = [.. inputs.Loads.Select(load => load.Id)];

    /// <summary>The row in the register of the new version of a table that would be computed from the same.</summary>
    internal VersionTableEntity Carry(Model table, int ordinal, int version)
    {
        var before = Before(table.Name) ?? throw new InvalidOperationException($"There is no {table.Name} to carry over.");
        return new VersionTableEntity
        {
            Version = version,
            Name = table.Name,
            Ordinal = ordinal,
            Rows = before.Rows,
            Grain = table.Declaration.Grain,
            Columns = before.Columns,
            ComputedVersion = before.ComputedVersion ?? before.Version,
            ComputedAt = before.ComputedAt ?? previous?.PublishedAt,
            RowsSchema = before.RowsSchema,
            RowsVersion = before.RowsVersion,
            HasLaterRows = before.HasLaterRows,
        };
    }

    /// <summary>
    /// The row in the register of the new version of a table whose time has not come. It is a fresh one as long as no load came or went, and remains one that failed
    /// if it did.
    /// </summary>
    internal VersionTableEntity Wait(Model table, int ordinal, int version)
    {
        var before = Before(table.Name);
        var isThere = before is { RowsSchema: not null };
        var datasets = models.DatasetsOf(table.Name);
        var (missing, withdrawn) = Difference(before, isThere, datasets);
        var hasFailed = before?.State is TableStates.Stale or TableStates.Absent;
        return isThere && !hasFailed && missing.Length + withdrawn.Length == 0
            ? Carry(table, ordinal, version)
            : new VersionTableEntity
            {
                Version = version,
                Name = table.Name,
                Ordinal = ordinal,
                Rows = before?.Rows ?? 0,
                Grain = table.Declaration.Grain,
                Columns = before?.Columns ?? [],
                State = hasFailed ? before!.State : TableStates.Waiting, // Not null when it has failed.
                ComputedVersion = isThere ? before!.ComputedVersion ?? before.Version : null,
                ComputedAt = isThere ? before!.ComputedAt ?? previous?.PublishedAt : null,
                RowsSchema = before?.RowsSchema,
                RowsVersion = before?.RowsVersion ?? 0,
                HasLaterRows = before?.HasLaterRows ?? false,
                StaleSince = before?.StaleSince,
                Reason = before?.Reason,
                EngineText = before?.EngineText,
                FailedOrigin = before?.FailedOrigin,
                SuspectedLoads = before?.SuspectedLoads ?? [],
                MissingLoads = missing,
                WithdrawnLoads = withdrawn,
            };
    }

    /// <summary>The row in the register of the new version of a table that failed.</summary>
    internal VersionTableEntity Keep(Model table, int ordinal, int version, ModelFailure failure)
    {
        var before = Before(table.Name);
        var isThere = before is { RowsSchema: not null };
        var datasets = models.DatasetsOf(table.Name);
        var (missing, withdrawn) = Difference(before, isThere, datasets);
        return new VersionTableEntity
        {
            Version = version,
            Name = table.Name,
            Ordinal = ordinal,
            Rows = isThere ? before!.Rows : 0, // Not null when there.
            Grain = table.Declaration.Grain,
            Columns = isThere ? before!.Columns : [],
            State = isThere ? TableStates.Stale : TableStates.Absent,
            ComputedVersion = isThere ? before!.ComputedVersion ?? before.Version : null,
            ComputedAt = isThere ? before!.ComputedAt ?? previous?.PublishedAt : null,
            RowsSchema = isThere ? before!.RowsSchema : null,
            RowsVersion = isThere ? before!.RowsVersion : 0,
            HasLaterRows = isThere && before!.HasLaterRows,
            StaleSince = before?.StaleSince ?? now,
            Reason = failure.Reason,
            EngineText = failure.EngineText,
            FailedOrigin = failure.Origin,
            SuspectedLoads = Suspected(before, failure, missing),
            MissingLoads = missing,
            WithdrawnLoads = withdrawn,
        };
    }

    /// <summary>The table in the version that readers have; null when that has none of the name.</summary>
    internal VersionTableEntity? Before(string table) => previous?.Tables.FirstOrDefault(before => string.Equals(before.Name, table, StringComparison.Ordinal));

    /// <summary>The loads that are not in the table, and those that are in it and are no more.</summary>
    private (long[] Missing, long[] Withdrawn) Difference(VersionTableEntity? before, bool isThere, IReadOnlySet<string> datasets)
    {
        HashSet<long> inTable = !isThere
            ? []
            :
            [
                .. previous!.Loads.Where(load => datasets.Contains(load.Dataset)).Select(load => load.LoadId) // Not null when there.
                    .Except(before!.MissingLoads)
                    .Union(before.WithdrawnLoads),
            ];
        return ([.. Of(datasets).Where(load => !inTable.Contains(load))], [.. inTable.Where(load => !_present.Contains(load)).Order()]);
    }

    /// <summary>
    /// The loads whose file the engine names. Otherwise the loads that arrived when the failure began and that the failed model reads. Later ones join only if
    /// something else fails. When all of them are gone and it still fails, any load that is not in the table may be the cause.
    /// </summary>
    private long[] Suspected(VersionTableEntity? before, ModelFailure failure, long[] missing)
    {
        // Behind the mark the engine repeats the statement, which names innocent files too.
        var message = failure.EngineText.Split(StatementMark)[0];
        long[] named = [.. inputs.Loads.Where(load => load.Files.Any(file => message.Contains(file, StringComparison.Ordinal))).Select(load => load.Id)];
        if (named.Length > 0)
        {
            return named;
        }

        var read = Of(models.DatasetsOf(failure.Origin)).ToList();
        var arrived = read.Where(load => !_known.Contains(load));
        var isSame = string.Equals(before?.FailedOrigin, failure.Origin, StringComparison.Ordinal);
        long[] suspected = isSame ? [.. before!.SuspectedLoads.Where(_present.Contains)] : [.. arrived]; // Not null when the same.
        return suspected.Length > 0 ? suspected : [.. missing.Intersect(read)];
    }

    private IEnumerable<long> Of(IReadOnlySet<string> datasets) => inputs.Loads.Where(load => datasets.Contains(load.Dataset)).Select(load => load.Id);
}
