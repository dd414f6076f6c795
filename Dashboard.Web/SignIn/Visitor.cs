using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>For whom this page, or this piece of work in the background, asks the services.</summary>
internal sealed class Visitor(IServiceProvider services)
{
    private ClaimsPrincipal? _person;
    private bool _isDashboard;

    /// <summary>Work that continues for somebody whose page may be closed by now.</summary>
    internal void ActFor(ClaimsPrincipal person) => _person = person;

    /// <summary>Work that is the dashboard's own, with its key.</summary>
    internal void ActForDashboard() => _isDashboard = true;

    /// <returns>The name of the session; null when it is the dashboard that asks.</returns>
    /// <exception cref="InvalidOperationException">Nobody said for whom.</exception>
    internal async Task<string?> SessionAsync()
    {
        if (_isDashboard)
        {
            return null;
        }

        var person = _person ?? (await services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User;
        return person.Session() ?? "";
    }
}

/// <summary>Sends a person's requests with the person's access token, and all others with the dashboard's key.</summary>
internal sealed class VisitorHandler(string client, string? key, Visitor visitor, Sessions? sessions, IHttpMessageHandlerFactory handlers) : HttpMessageHandler
{
    /// <summary>Whether a request was a person's: a person gets other words for what went wrong.</summary>
    internal static readonly HttpRequestOptionsKey<bool> IsPerson = new("person");

    private const string KeyHeader = "X-Api-Key";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (sessions is not null && await visitor.SessionAsync() is { } session)
        {
            request.Options.Set(IsPerson, true);
            if (await sessions.AccessTokenAsync(session, cancellationToken) is not { } token)
            {
                return new HttpResponseMessage(HttpStatusCode.Unauthorized) { RequestMessage = request };
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (key is not null)
        {
            request.Headers.Add(KeyHeader, key);
        }

        using var invoker = new HttpMessageInvoker(handlers.CreateHandler(client), disposeHandler: false);
        return await invoker.SendAsync(request, cancellationToken);
    }
}

internal static class VisitorExtensions
{
    /// <summary>A client of a service that asks on behalf of the visitor of this scope.</summary>
    /// <param name="client">The name of the handlers.</param>
    /// <param name="keys">The dashboard's own keys; the first is used.</param>
    internal static HttpClient ClientFor(this IServiceProvider scope, string client, string service, string? keys) => new(
        new VisitorHandler(
            client,
            keys?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(),
            scope.GetRequiredService<Visitor>(),
            scope.GetRequiredService<IOptions<SignInOptions>>().Value.IsOn ? scope.GetRequiredService<Sessions>() : null,
            scope.GetRequiredService<IHttpMessageHandlerFactory>()))
    {
        BaseAddress = new Uri($"https+http://{service}/"),
    };
}
