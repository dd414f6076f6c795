using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Care;
using Dunnhumby.Catalog.Outbox;
using Dunnhumby.Contracts.Lake;
using Dunnhumby.Contracts.Messaging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>What the lake consists of, how it is cared for, and what waits to be told.</summary>
internal static class LakeEndpoints
{
    internal static void MapLake(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lake", GetAsync).WithName("GetLake").WithTags("Lake").RequireScope(Scopes.Ingest);
        routes.MapGet("/outbox", GetOutboxAsync).WithName("GetOutbox").WithTags("Lake").RequireScope(Scopes.Ingest);
    }

    /// <summary>The eight tables with their files and sizes, the last compaction and sweep, and files that are missing or torn.</summary>
    internal static async Task<Ok<LakeState>> GetAsync(LakeCatalog catalog, IOptions<LakeCareOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var lake = await LakeSnapshot.ReadAsync(catalog, time, cancellationToken);
        var rounds = catalog.CareRounds.AsNoTracking().OrderByDescending(round => round.Id);
        var last = await rounds.FirstOrDefaultAsync(cancellationToken);
        var merging = await rounds.FirstOrDefaultAsync(round => round.FilesMerged > 0, cancellationToken);
        var orphans = await catalog.CareRounds.SumAsync(round => (long)round.OrphansRemoved, cancellationToken);
        return TypedResults.Ok(new LakeState(
            [.. LakeTables.All.Select(table => StateOf(table.Name, lake, options.Value))],
            lake.Retired.Count,
            lake.Retired.Sum(file => file.Bytes),
            last?.Faults ?? [],
            Shown(last),
            Shown(merging),
            orphans));
    }

    /// <summary>How many messages wait to be sent, and for how long.</summary>
    internal static async Task<Ok<OutboxState>> GetOutboxAsync(OutboxReader outbox, CancellationToken cancellationToken) =>
        TypedResults.Ok(await outbox.ReadAsync(cancellationToken));

    private static CareRound? Shown(CareRoundEntity? round) => round is null ? null : CareRounds.ToContract(round);

    private static LakeTableState StateOf(string table, LakeSnapshot lake, LakeCareOptions options)
    {
        var files = lake.Files.Where(file => string.Equals(file.Table, table, StringComparison.Ordinal)).ToList();
        var counting = lake.Loads.Where(load => load.Counts && string.Equals(load.Dataset, table, StringComparison.Ordinal)).Select(load => load.Id).ToHashSet();
        return new LakeTableState(
            table,
            counting.Count,
            files.SelectMany(file => file.Loads).Where(load => counting.Contains(load.LoadId)).Sum(load => load.Rows),
            files.Count,
            files.Count(file => file.LoadId is null),
            files.Count(file => options.IsSmall(file.Bytes, file.Rows)),
            files.Sum(file => file.Bytes));
    }
}
