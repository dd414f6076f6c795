using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>What was uploaded and what became of it.</summary>
internal static class LoadEndpoints
{
    internal static void MapLoads(this IEndpointRouteBuilder routes)
    {
        var loads = routes.MapGroup("/loads").WithTags("Loads");
        loads.MapGet("", ListAsync).WithName("ListLoads").RequireScope(Scopes.Ingest).ProducesProblem(StatusCodes.Status404NotFound);
        loads.MapGet("/{id:long}", GetAsync).WithName("GetLoad").RequireUpload().TicketsSeeTheirOwn().AnswersAreSmall().ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>For a ticket, loads of another key do not exist.</summary>
    internal static RouteHandlerBuilder TicketsSeeTheirOwn(this RouteHandlerBuilder endpoint) =>
        endpoint.TicketsSeeTheirOwn(static (seen, id, key, cancelled) => seen.IsLoadOfAsync(id, key, cancelled), Unknown);

    /// <summary>Why there is no answer for a load.</summary>
    internal static ProblemHttpResult Unknown(long id) => TypedResults.Problem(
        type: ProblemTypes.Of("unknown-load"),
        title: "There is no such load",
        detail: $"No load has the id {id}. GET /loads lists them.",
        statusCode: StatusCodes.Status404NotFound);

    /// <summary>The loads, newest first, failed ones included.</summary>
    /// <param name="dataset">Only this data set's, for example transaction_data.</param>
    /// <param name="state">Only those in this state. With running the answer is all uploads that any replica is reading at the moment.</param>
    internal static async Task<Results<Ok<Page<Load>>, Ok<Page<RunningLoad>>, ProblemHttpResult>> ListAsync(
        string? dataset,
        [AllowedValues(null, LoadStates.Running, LoadStates.Completed, LoadStates.Failed, LoadStates.Withdrawn)] string? state,
        [AsParameters] PageQuery page,
        RunningLoads running,
        LakeCatalog catalog,
        CancellationToken cancellationToken)
    {
        if (page.Check(out var after) is { } problem)
        {
            return problem;
        }

        if (state is not null && !LoadStates.All.Contains(state, StringComparer.Ordinal))
        {
            return TypedResults.Problem(ParameterProblems.Bad("state", $"'{state}' does not fit: state takes {string.Join(", ", LoadStates.All)}."));
        }

        if (dataset is not null && LakeTables.Find(dataset) is null)
        {
            return TypedResults.Problem(
                type: ProblemTypes.Of("unknown-dataset"),
                title: "There is no such data set",
                detail: $"Use one of {string.Join(", ", DatasetNames.All)}.",
                statusCode: StatusCodes.Status404NotFound);
        }

        if (string.Equals(state, LoadStates.Running, StringComparison.Ordinal))
        {
            var uploads = await running.ListAsync(cancellationToken);
            return TypedResults.Ok(new Page<RunningLoad>([.. uploads
                .Where(load => (dataset is null || string.Equals(load.Dataset, dataset, StringComparison.Ordinal)) && (after is null || load.Id < after))
                .Take(page.Limit ?? int.MaxValue)], Next: null));
        }

        var loads = await catalog.Loads.AsNoTracking()
            .Where(load => (state == null || load.State == state) && (dataset == null || load.Dataset == dataset) && (after == null || load.Id < after))
            .OrderByDescending(load => load.Id)
            .Take(page.Size + 1)
            .Select(LoadMapping.Expression)
            .ToListAsync(cancellationToken);
        var more = loads.Count > page.Size;
        return TypedResults.Ok(new Page<Load>([.. loads.Take(page.Size)], more ? Cursor.Of(loads[page.Size - 1].Id) : null));
    }

    /// <summary>One load. While it is being read: how far it has come, in state <c>running</c>.</summary>
    internal static async Task<Results<Ok<Load>, Ok<RunningLoad>, ProblemHttpResult>> GetAsync(long id, RunningLoads running, LakeCatalog catalog, CancellationToken cancellationToken)
    {
        if (await catalog.Loads.AsNoTracking().Where(load => load.Id == id).Select(LoadMapping.Expression).SingleOrDefaultAsync(cancellationToken) is { } found)
        {
            return TypedResults.Ok(found);
        }

        return await running.FindAsync(id, cancellationToken) is { } upload ? TypedResults.Ok(upload) : Unknown(id);
    }
}

/// <summary>Taking a load back.</summary>
internal static class WithdrawalEndpoints
{
    // Scope ingest: who may load may already replace every unit of a load by another one.
    internal static void MapWithdrawals(this IEndpointRouteBuilder routes) => routes
        .MapDelete("/loads/{id:long}", WithdrawAsync)
        .WithName("WithdrawLoad")
        .WithTags("Loads")
        .RequireScope(Scopes.Ingest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>Withdraws a load and its replays: their rows vanish with the next version of the insights, and what they superseded comes back.</summary>
    /// <remarks>
    /// The history stays. Withdrawing again changes nothing and answers the same. The same content uploaded afterwards is a new load. Withdrawing a replay
    /// alone puts its rows back into quarantine.
    /// </remarks>
    internal static async Task<Results<Ok<Load>, ProblemHttpResult>> WithdrawAsync(
        long id,
        ClaimsPrincipal user,
        WithdrawalRegister register,
        CancellationToken cancellationToken)
    {
        if (await register.WithdrawAsync(id, user.Actor(), cancellationToken) is not { } load)
        {
            return LoadEndpoints.Unknown(id);
        }

        return string.Equals(load.State, LoadStates.Withdrawn, StringComparison.Ordinal) ? TypedResults.Ok(load) : TypedResults.Problem(
            type: ProblemTypes.Of("not-completed"),
            title: "There is nothing to withdraw",
            detail: $"Load {id} is {load.State}: none of its rows is in the lake. Only a completed load can be withdrawn.",
            statusCode: StatusCodes.Status409Conflict);
    }
}
