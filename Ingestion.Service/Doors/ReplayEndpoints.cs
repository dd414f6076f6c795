using System.Security.Claims;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Loading.Replays;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Mending quarantined rows, and the record of it.</summary>
internal static class ReplayEndpoints
{
    internal static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var load = routes.MapGroup("/loads/{id:long}").WithTags("Quarantine").RequireScope(Scopes.Ingest);
        load.MapPost("/quarantine/check", CheckAsync).WithName("CheckEdits").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        load.MapPost("/replays", ReplayAsync).WithName("ReplayRows").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        load.MapGet("/replays", ListAsync).WithName("ListReplays").ProducesProblem(StatusCodes.Status404NotFound);
        load.MapGet("/mended", ListRowsAsync).WithName("ListMendedRows").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Tries edits of quarantined rows out: which rows they take, what these become and whether uploads would take them so. Changes nothing.</summary>
    internal static async Task<Results<Ok<MendCheck>, ProblemHttpResult>> CheckAsync(long id, MendRequest request, Mending mending, CancellationToken cancellationToken)
    {
        if (await mending.CheckAsync(id, request, cancellationToken) is not { } found)
        {
            return LoadEndpoints.Unknown(id);
        }

        return found.IsRefused(out var rejection, out var check) ? UploadProblems.Of(rejection) : TypedResults.Ok(check);
    }

    /// <summary>Replays quarantined rows, edited, as a new load that belongs to this one. A row is replayed once: 409 when it was before.</summary>
    /// <remarks>
    /// The new load has the effect that this one would have had with the rows right in the first place: a row of a basket joins the basket's other rows,
    /// a row of a key replaces this load's row of that key, and units that a newer load owns stay as that load has them. 422 when rows are still faulty,
    /// unless leaveFaulty says to leave those in quarantine.
    /// </remarks>
    internal static async Task<Results<Created<Replay>, ProblemHttpResult>> ReplayAsync(long id, MendRequest request, ClaimsPrincipal user, Mending mending, CancellationToken cancellationToken)
    {
        if (await mending.ReplayAsync(id, request, user.Actor(), cancellationToken) is not { } ended)
        {
            return LoadEndpoints.Unknown(id);
        }

        return ended.IsRefused(out var rejection, out var replay) ? UploadProblems.Of(rejection) : TypedResults.Created($"/loads/{replay.Load.Id}", replay);
    }

    /// <summary>The replays of a load's quarantined rows, newest first, withdrawn ones included; at most 200.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<Replay>>, ProblemHttpResult>> ListAsync(long id, LakeCatalog catalog, CancellationToken cancellationToken)
    {
        if (!await catalog.Loads.AnyAsync(load => load.Id == id, cancellationToken))
        {
            return LoadEndpoints.Unknown(id);
        }

        var replays = await catalog.Loads.AsNoTracking()
            .Where(load => load.ReplaysLoadId == id)
            .OrderByDescending(load => load.Id)
            .Take(PageQuery.MaxLimit)
            .Select(load => new
            {
                Load = load,
                Mended = catalog.MendedRows.LongCount(row => row.ReplayLoadId == load.Id && row.State == RowStates.Mended),
                Dropped = catalog.MendedRows.LongCount(row => row.ReplayLoadId == load.Id && row.State == RowStates.Dropped),
            })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<Replay>>([.. replays.Select(replay => new Replay(replay.Load.ToContract(), replay.Mended, replay.Dropped, replay.Load.ReplayedBy ?? ""))]);
    }

    /// <summary>What a replay did with each row, by line: the row before and after, when, and by whom.</summary>
    internal static async Task<Results<Ok<Page<MendedRow>>, ProblemHttpResult>> ListRowsAsync(
        long id,
        [AsParameters] PageQuery page,
        LakeCatalog catalog,
        CancellationToken cancellationToken)
    {
        if (page.Check(out var after) is { } problem)
        {
            return problem;
        }

        if (!await catalog.Loads.AnyAsync(load => load.Id == id, cancellationToken))
        {
            return LoadEndpoints.Unknown(id);
        }

        var rows = await (
            from mended in catalog.MendedRows.AsNoTracking()
            where mended.ReplayLoadId == id && (after == null || mended.Line > after)
            join row in catalog.QuarantinedRows on new { mended.LoadId, mended.Line } equals new { row.LoadId, row.Line }
            join replay in catalog.Loads on mended.ReplayLoadId equals replay.Id
            orderby mended.Line
            select new MendedRow(mended.LoadId, mended.Line, row.Reason, row.Column, mended.State, row.RawText, mended.After, replay.CompletedAt, replay.ReplayedBy, mended.WithdrawnAt))
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var more = rows.Count > page.Size;
        return TypedResults.Ok(new Page<MendedRow>([.. rows.Take(page.Size)], more ? Cursor.Of(rows[page.Size - 1].Line) : null));
    }
}
