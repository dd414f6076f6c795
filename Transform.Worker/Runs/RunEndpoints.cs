using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Security.Claims;
using System.Text.Json;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Runs;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.Transform.Worker.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>The history of runs, newest first.</summary>
internal static class RunEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>Where the trace id is in a W3C <c>traceparent</c>: <c>00-{32 digits}-{16 digits}-01</c>.</summary>
    private const int TraceIdStart = 3;
    private const int TraceIdLength = 32;

    private static readonly Expression<Func<RunEntity, Run>> Shown = run => new Run(
        run.Id,
        run.State,
        run.Reason,
        run.Attempt,
        run.RequestedAt,
        run.StartedAt,
        run.FinishedAt,
        run.Version,
        run.Error,
        run.TraceParent == null ? null : run.TraceParent.Substring(TraceIdStart, TraceIdLength))
    {
        RequestedBy = run.RequestedBy,
        Models = run.Models,
        CancelledBy = run.CancelledBy,
        EngineText = run.EngineText,
        Tables = run.FailedTables,
        Loads = run.SuspectedLoads,
    };

    internal static void MapRuns(this IEndpointRouteBuilder endpoints)
    {
        var runs = endpoints.MapGroup("/runs").RequireScope(Scopes.Read);
        runs.MapGet("/", ListAsync);
        runs.MapGet("/{id:long}", FindAsync).AnswersAreSmall();
        // On the application itself: the group's scope would be asked for as well.
        var orders = endpoints.MapGroup("/runs").RequireScope(Scopes.Admin);
        orders.MapPost("/", RequestAsync);
        orders.MapPost("/{id:long}/cancel", CancelAsync);
    }

    /// <param name="after">The id that the previous page ended with.</param>
    /// <param name="limit">1 to 200, 50 by default.</param>
    private static async Task<Results<Ok<Page<Run>>, ProblemHttpResult>> ListAsync(
        LakeCatalog catalog, CancellationToken cancellationToken, long? after = null, [Range(1, MaxLimit)] int limit = DefaultLimit)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return TypedResults.Problem(ParameterProblems.Bad("limit", $"limit takes a whole number from 1 to {MaxLimit}."));
        }

        var runs = await catalog.Runs.AsNoTracking()
            .Where(run => after == null || run.Id < after)
            .OrderByDescending(run => run.Id)
            .Select(Shown)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var next = runs.Count > limit ? runs[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<Run>([.. runs.Take(limit)], next));
    }

    /// <summary>
    /// Asks for a run that computes and publishes every table from everything that was loaded, even if nothing has changed; or that makes one model whole, and
    /// what changes because of that. A pending run becomes that run. 202: it is not done yet, and the address in <c>Location</c> shows how it goes.
    /// </summary>
    /// <param name="model">The name of a model, repeated for several; without it, everything is computed.</param>
    /// <param name="scheduled">False to leave out the tables on a schedule. It goes without a model.</param>
    private static async Task<Results<Accepted<Run>, ProblemHttpResult>> RequestAsync(
        RunRequests requests,
        ModelCatalog models,
        LakeCatalog catalog,
        ClaimsPrincipal user,
        CancellationToken cancellationToken,
        [FromQuery] string[]? model = null,
        bool scheduled = true)
    {
        var names = models.Models.Select(known => known.Name).Order(StringComparer.Ordinal).ToList();
        if (model?.Except(names, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            return TypedResults.Problem(ParameterProblems.Bad("model", $"There is no model {unknown}. model takes one of {string.Join(", ", names)}. Without it, every table is computed."));
        }

        if (model is { Length: > 0 } && !scheduled)
        {
            return TypedResults.Problem(ParameterProblems.Bad("scheduled", "scheduled leaves tables out when every table is computed; leave it away where model says which are."));
        }

        var id = model is { Length: > 0 }
            ? await requests.RemakeAsync(model, user.Actor(), cancellationToken)
            : await requests.RebuildAsync(user.Actor(), cancellationToken, scheduled);
        var run = await catalog.Runs.AsNoTracking().Where(run => run.Id == id).Select(Shown).SingleAsync(cancellationToken);
        return TypedResults.Accepted(string.Create(CultureInfo.InvariantCulture, $"/runs/{id}"), run);
    }

    /// <summary>Ends a run before it publishes. A worker that is at it stops within two seconds. What was loaded waits for the next run.</summary>
    private static async Task<Results<Ok<Run>, ProblemHttpResult>> CancelAsync(
        long id, RunLeases leases, LakeCatalog catalog, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var before = await leases.CancelAsync(id, user.Actor(), cancellationToken);
        return before switch
        {
            null => Unknown(id),
            RunStates.Pending or RunStates.Running => TypedResults.Ok(await catalog.Runs.AsNoTracking().Where(run => run.Id == id).Select(Shown).SingleAsync(cancellationToken)),
            _ => TypedResults.Problem(
                type: ProblemTypes.Of("run-ended"),
                title: "The run has ended",
                detail: $"Run {id} is {before}: only a pending or a running one can be cancelled. POST /versions/{{version}}/publish goes back to a former version.",
                statusCode: StatusCodes.Status409Conflict,
                extensions: [KeyValuePair.Create<string, object?>("state", before)]),
        };
    }

    /// <summary>A run, with what it did for each model.</summary>
    private static async Task<Results<Ok<Run>, ProblemHttpResult>> FindAsync(long id, LakeCatalog catalog, CancellationToken cancellationToken)
    {
        var found = catalog.Runs.AsNoTracking().Where(run => run.Id == id);
        if (await found.Select(Shown).SingleOrDefaultAsync(cancellationToken) is not { } run)
        {
            return Unknown(id);
        }

        var steps = await found.Select(entity => entity.Steps).SingleOrDefaultAsync(cancellationToken);
        var made = steps is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<RunStep>>(steps, JsonSerializerOptions.Web) ?? [];
        return TypedResults.Ok(run with { Steps = made, PeakMemoryBytes = made.Max(step => step.MemoryBytes) });
    }

    private static ProblemHttpResult Unknown(long id) => TypedResults.Problem(
        type: ProblemTypes.Of("unknown-run"),
        title: "There is no such run",
        detail: $"No run has the id {id}. GET /runs lists them.",
        statusCode: StatusCodes.Status404NotFound);
}
