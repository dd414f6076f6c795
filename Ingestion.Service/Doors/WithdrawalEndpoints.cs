using System.Security.Claims;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Doors;

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
        if (await register.WithdrawAsync(id, user.NameOfKey(), cancellationToken) is not { } load)
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
