using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>Reads the key from <c>X-Api-Key</c> or <c>Authorization: Bearer</c> and turns it into scope claims.</summary>
internal sealed class ApiKeyHandler(
    ApiKeyRing keys,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal new const string Scheme = "ApiKey";
    internal const string ScopeClaim = "scope";
    private const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedKey(Request) is not { Length: > 0 } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var (scopes, fingerprint) = keys.Find(presented);
        if (scopes.Count == 0)
        {
            return Task.FromResult(AuthenticateResult.Fail("Unknown API key."));
        }

        var identity = new ClaimsIdentity([.. scopes.Select(scope => new Claim(ScopeClaim, scope)), new Claim(KeyNames.Claim, fingerprint)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Scheme;
        return Task.CompletedTask;
    }

    /// <summary>The key, the ticket or the access token that came with a request.</summary>
    internal static string? PresentedKey(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var header))
        {
            return header.ToString();
        }

        return Borne(request);
    }

    /// <summary>The access token that came with a request; null when it brings a key, a ticket or nothing.</summary>
    internal static string? PresentedToken(HttpRequest request) =>
        !request.Headers.ContainsKey(Header) && Borne(request) is { } borne && IsToken(borne) ? borne : null;

    private static string? Borne(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }

    /// <summary>Whether <paramref name="presented"/> has the form of a signed token: three parts, the first of which names an algorithm.</summary>
    private static bool IsToken(string presented)
    {
        if (presented.Count(letter => letter == '.') != 2)
        {
            return false;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(presented.AsSpan(0, presented.IndexOf('.', StringComparison.Ordinal))));
            return header.RootElement is { ValueKind: JsonValueKind.Object } words && words.TryGetProperty("alg", out _);
        }
        catch (Exception other) when (other is FormatException or JsonException)
        {
            return false;
        }
    }
}
