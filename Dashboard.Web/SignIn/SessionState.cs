using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>Looks every now and then whether the session of an open page is one still, and whether it may do the same as when the page was opened.</summary>
internal sealed class SessionState(Sessions sessions, IOptions<SignInOptions> options, ILoggerFactory loggers) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => options.Value.CheckInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var person = authenticationState.User;
        if (person.Session() is not { } session)
        {
            return false;
        }

        // Renews the token when it is time, so that what the provider says by now counts.
        await sessions.AccessTokenAsync(session, cancellationToken);
        return sessions.Find(session) is { } now
            && now.FindAll(ApiKeyExtensions.ScopeClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal).SetEquals(person.FindAll(ApiKeyExtensions.ScopeClaim).Select(claim => claim.Value));
    }
}
