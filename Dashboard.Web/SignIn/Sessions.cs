using System.Collections.Concurrent;
using System.Security.Claims;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>
/// The sessions of people, with their tokens, in this process alone: the cookie of a browser holds no more than the name of one. A session ends when its time is
/// over, when the person signs out, and when its access token has expired and the provider gives no other one. Afterwards neither the cookie nor an open page is
/// worth anything.
/// </summary>
internal sealed partial class Sessions(TokenRefresh refresh, TimeProvider time, ILogger<Sessions> logger) : ITicketStore
{
    /// <summary>The claim type that names the session of a principal.</summary>
    internal const string Claim = "session";

    /// <summary>More than people need. A new session beyond this ends the oldest.</summary>
    private const int Most = 10_000;

    /// <summary>Tokens are renewed this long before their end, so that none expires on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>The person as of the last token; null when the session has ended.</summary>
    internal ClaimsPrincipal? Find(string name) => Alive(name)?.Principal;

    /// <summary>A token that is good for now; null when the session has ended, or the provider does not answer.</summary>
    internal async Task<string?> AccessTokenAsync(string name, CancellationToken cancellationToken)
    {
        if (Alive(name) is not { } session)
        {
            return null;
        }

        if (session.IsFresh(time.GetUtcNow() + Margin))
        {
            return session.Tokens.AccessToken;
        }

        await session.Renewal.WaitAsync(cancellationToken);
        try
        {
            if (!session.IsFresh(time.GetUtcNow() + Margin))
            {
                await RenewAsync(name, session, cancellationToken);
            }

            return session.IsFresh(time.GetUtcNow()) && _sessions.ContainsKey(name) ? session.Tokens.AccessToken : null;
        }
        finally
        {
            session.Renewal.Release();
        }
    }

    /// <inheritdoc />
    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var name = ticket.Principal.FindFirst(Claim)?.Value ?? throw new InvalidOperationException("A session without a name cannot be found again.");
        var properties = ticket.Properties;
        var tokens = new SessionTokens(
            properties.GetTokenValue("access_token") ?? throw new InvalidOperationException("A session needs an access token."),
            properties.GetTokenValue("refresh_token"),
            ticket.Principal);
        properties.StoreTokens(properties.GetTokens().Where(token => token.Name is "id_token")); // What signing out at the provider needs.
        Forget();
        _sessions[name] = new Session(ticket, tokens, properties.ExpiresUtc ?? time.GetUtcNow());
        Log.Began(logger, ticket.Principal.Actor());
        return Task.FromResult(name);
    }

    /// <inheritdoc />
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    /// <inheritdoc />
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(Alive(key) is { } session ? new AuthenticationTicket(session.Principal, session.Ticket.Properties, session.Ticket.AuthenticationScheme) : null);

    /// <inheritdoc />
    public Task RemoveAsync(string key)
    {
        End(key);
        return Task.CompletedTask;
    }

    private Session? Alive(string name)
    {
        if (!_sessions.TryGetValue(name, out var session))
        {
            return null;
        }

        if (session.EndsAt > time.GetUtcNow() && (session.Tokens.RefreshToken is not null || session.IsFresh(time.GetUtcNow())))
        {
            return session;
        }

        End(name);
        return null;
    }

    private async Task RenewAsync(string name, Session session, CancellationToken cancellationToken)
    {
        try
        {
            if (session.Tokens.RefreshToken is { } token)
            {
                session.Tokens = await refresh.RenewAsync(token, name, cancellationToken);
            }
        }
        catch (TokenRefusedException refused)
        {
            Log.Refused(logger, session.Principal.Actor(), refused.Message);
            End(name);
        }
        catch (Exception away) when (away is HttpRequestException or InvalidOperationException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The session may continue when the provider is available again.
            Log.ProviderAway(logger, away);
        }
    }

    private void End(string name)
    {
        if (_sessions.TryRemove(name, out var ended))
        {
            Log.Ended(logger, ended.Principal.Actor());
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (name, session) in _sessions)
        {
            if (session.EndsAt <= now)
            {
                End(name);
            }
        }

        while (_sessions.Count >= Most)
        {
            End(_sessions.MinBy(session => session.Value.EndsAt).Key);
        }
    }

    private sealed class Session(AuthenticationTicket ticket, SessionTokens tokens, DateTimeOffset endsAt)
    {
        internal AuthenticationTicket Ticket { get; } = ticket;

        internal SessionTokens Tokens { get; set; } = tokens;

        internal DateTimeOffset EndsAt { get; } = endsAt;

        /// <summary>One renewal at a time: a provider may take a refresh token once.</summary>
        internal SemaphoreSlim Renewal { get; } = new(1, 1);

        internal ClaimsPrincipal Principal => Tokens.Principal;

        internal bool IsFresh(DateTimeOffset at) => Tokens.ExpiresAt > at;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Person} signed in")]
        public static partial void Began(ILogger logger, string person);

        [LoggerMessage(LogLevel.Information, "The session of {Person} has ended")]
        public static partial void Ended(ILogger logger, string person);

        [LoggerMessage(LogLevel.Information, "The provider gives {Person} no new access token: {Reason}")]
        public static partial void Refused(ILogger logger, string person, string reason);

        [LoggerMessage(LogLevel.Warning, "The sign-in provider does not answer, so that no access token can be renewed")]
        public static partial void ProviderAway(ILogger logger, Exception away);
    }
}

internal static class SessionExtensions
{
    /// <summary>The name of a person's session; null for who has none.</summary>
    internal static string? Session(this ClaimsPrincipal person) => person.FindFirst(Sessions.Claim)?.Value;
}

/// <summary>Checks from time to time that the session of an open page has not ended, and still has the rights that it had when the page was opened.</summary>
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
