using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The progress of one upload as it happens.</summary>
internal static class ProgressEndpoints
{
    private const string ProgressEvent = "progress";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    internal static void MapProgress(this IEndpointRouteBuilder routes) => routes
        .MapGet("/loads/{id:long}/events", FollowAsync)
        .WithName("FollowLoad")
        .WithTags("Loads")
        .RequireUpload()
        .TicketsSeeTheirOwn()
        .Produces<RunningLoad>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>Server-sent events of an upload until it ends.</summary>
    /// <remarks>
    /// <c>progress</c> twice a second, with what <c>GET /loads/{id}</c> answers; at the end one event: <c>completed</c> or <c>failed</c> with the load, <c>known</c>
    /// with the load that holds the same content, <c>refused</c> with the problem, <c>checked</c> with what a dry run found, <c>ended</c> with nothing when
    /// the upload broke off or how it ended is not known here.
    /// </remarks>
    internal static async Task<Results<ServerSentEventsResult<object>, ProblemHttpResult>> FollowAsync(
        long id,
        RunningUploads uploads,
        RunningLoads running,
        IDbContextFactory<LakeCatalog> catalogs,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var here = uploads.Find(id);
        var first = here is null ? await running.FindAsync(id, cancellationToken) : here.Snapshot();
        var load = first is null ? await FindAsync(catalogs, id, cancellationToken) : null;
        return first is null && load is null
            ? LoadEndpoints.Unknown(id)
            : TypedResults.ServerSentEvents(EventsAsync(id, here, first, running, catalogs, time, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<object>> EventsAsync(
        long id,
        UploadProgress? here,
        RunningLoad? now,
        RunningLoads running,
        IDbContextFactory<LakeCatalog> catalogs,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (now is not null)
        {
            yield return new SseItem<object>(now, ProgressEvent);
            await Task.WhenAny(Task.Delay(Interval, time, cancellationToken), here?.Ended ?? Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            now = here is null ? await running.FindAsync(id, cancellationToken) : here.Ended.IsCompleted ? null : here.Snapshot();
        }

        yield return here?.Outcome is { } outcome ? Ended(outcome) : await FindAsync(catalogs, id, cancellationToken) is { } load
            ? new SseItem<object>(load, load.State)
            : new SseItem<object>(new object(), "ended");
    }

    private static SseItem<object> Ended(UploadOutcome outcome) => outcome switch
    {
        UploadOutcome.Created created => new(created.Load, created.Load.State),
        UploadOutcome.Known known => new(known.Load, UploadOutcomes.Known),
        UploadOutcome.OverBudget failed => new(failed.Load, failed.Load.State),
        UploadOutcome.Refused refused => new(LoadProblems.Of(refused.Rejection), UploadOutcomes.Refused),
        UploadOutcome.Checked found => new(found.Check, "checked"),
        var other => throw new InvalidOperationException($"Unknown outcome {other}."),
    };

    private static async Task<Load?> FindAsync(IDbContextFactory<LakeCatalog> catalogs, long id, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.Loads.AsNoTracking().Where(load => load.Id == id).Select(LoadMapping.Expression).SingleOrDefaultAsync(cancellationToken);
    }
}
