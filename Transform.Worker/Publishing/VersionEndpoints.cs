using System.Security.Claims;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>Which version readers have, decided by hand. What there is to choose from, the insights service lists.</summary>
internal static class VersionEndpoints
{
    internal static void MapVersions(this IEndpointRouteBuilder endpoints)
    {
        var versions = endpoints.MapGroup("/versions").RequireScope(Scopes.Admin);
        versions.MapPost("/{version}/publish", PublishAsync);
        versions.MapPost("/release", ReleaseAsync);
    }

    /// <summary>Publishes a former version again, as a new one, at once. It is held until loads come or go, or until it is released.</summary>
    private static async Task<Results<Ok<Republication>, ProblemHttpResult>> PublishAsync(
        int version, GoingBack goingBack, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var gone = await goingBack.ToAsync(version, user.Actor(), cancellationToken);
        return gone.Outcome switch
        {
            GoneBackOutcome.Published => TypedResults.Ok(new Republication(gone.Published!.Version, version, gone.Published.RunId, gone.Published.PublishedAt)), // Not null then.
            GoneBackOutcome.Unknown => Problem(
                StatusCodes.Status404NotFound, "unknown-version", $"There is no version {version}.", "GET /versions of the insights service lists those that there are."),
            GoneBackOutcome.Removed => Problem(
                StatusCodes.Status410Gone,
                "version-removed",
                $"Version {version} was removed.",
                "Only the newest versions are kept (Transform__KeepVersions). GET /versions of the insights service lists them."),
            GoneBackOutcome.Current => Problem(
                StatusCodes.Status409Conflict,
                "already-current",
                $"Readers have version {version} already.",
                gone.Published!.Version == version ? "It is the current version: choose a former one." : $"The current version {gone.Published.Version} repeats it and is held."), // Not null then.
            _ => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "run-in-progress",
                "A run is in progress and takes long.",
                "Nothing was changed. GET /runs shows the run; try again when it has ended."),
        };
    }

    /// <summary>Ends the hold of a version that was gone back to, and asks for a run that computes what is current. 202: GET /runs shows it.</summary>
    private static async Task<Results<Accepted<HoldRelease>, ProblemHttpResult>> ReleaseAsync(VersionHold hold, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await hold.ReleaseAsync(user.Actor(), cancellationToken) is { } version
            ? TypedResults.Accepted("/runs?limit=1", new HoldRelease(version))
            : Problem(
                StatusCodes.Status409Conflict,
                "nothing-held",
                "No version is held.",
                "Only a version that was gone back to is held, until loads come or go. POST /runs computes all tables anew.");

    private static ProblemHttpResult Problem(int status, string code, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: ProblemTypes.Of(code));
}
