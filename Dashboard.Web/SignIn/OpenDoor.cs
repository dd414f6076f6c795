using System.Security.Claims;
using System.Text.Encodings.Web;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>Where nobody signs in, whoever opens a page may do what the dashboard's keys allow.</summary>
internal sealed class OpenDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal new const string Scheme = "OpenDoor";

    private static readonly ClaimsPrincipal Anybody = new(new ClaimsIdentity([new(ApiKeyExtensions.ScopeClaim, Scopes.Read), new(ApiKeyExtensions.ScopeClaim, Scopes.Ingest)], Scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Anybody, Scheme)));
}
