using System.Security.Claims;
using System.Text.Encodings.Web;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Recognises an upload ticket in <c>Authorization: Bearer</c>.</summary>
internal sealed class TicketHandler(
    TicketSigner signer,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal new const string Scheme = "UploadTicket";

    /// <summary>What a ticket may do: upload, and see the load it made.</summary>
    internal const string UploadScope = "upload";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || signer.IssuerOf(authorization[Bearer.Length..].Trim()) is not { } issuer)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity([new Claim(ApiKeyExtensions.ScopeClaim, UploadScope), new Claim(KeyNames.Claim, issuer)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }

    /// <summary>The API key's scheme answers for both.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    /// <summary>The API key's scheme answers for both.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}
