using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication;

namespace Dunnhumby.Ingestion.Service.Doors;

internal static class TicketExtensions
{
    internal const string UploadPolicy = "upload";

    internal static void AddTickets(this IServiceCollection services)
    {
        services.AddOptions<SigningOptions>().Validate(
            signing => signing.Secret is not null,
            "Set Signing__Secret to at least 32 characters, the same for every replica: upload tickets are signed with it.");
        services.AddSingleton<TicketSigner>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TicketHandler>(TicketHandler.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(UploadPolicy, policy => policy
            .AddAuthenticationSchemes(ApiKeyExtensions.Scheme, TicketHandler.Scheme)
            .RequireClaim(ApiKeyExtensions.ScopeClaim, Scopes.Ingest, Scopes.Admin, TicketHandler.UploadScope));
    }

    /// <summary>The endpoint needs a key with scope ingest, or an upload ticket.</summary>
    internal static TBuilder RequireUpload<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(UploadPolicy);
}
