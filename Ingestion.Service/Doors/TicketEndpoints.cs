using System.Security.Claims;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

internal static class TicketEndpoints
{
    internal static void MapTickets(this IEndpointRouteBuilder routes) => routes.MapPost("/tickets", Issue).WithName("IssueTicket").WithTags("Tickets").RequireScope(Scopes.Ingest);

    /// <summary>Issues a ticket with which a browser uploads straight to this service, without holding the key.</summary>
    internal static Ok<UploadTicket> Issue(ClaimsPrincipal caller, TicketSigner signer, IOptions<IngestionOptions> options, TimeProvider time)
    {
        var expiresAt = time.GetUtcNow() + options.Value.TicketLifetime;
        return TypedResults.Ok(new UploadTicket(signer.Issue(expiresAt, caller.KeyFingerprint()), expiresAt));
    }
}
