using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>The tokens of a session, and the person as the access token describes it.</summary>
/// <param name="RefreshToken">Null when the provider gave none: then the session ends with the access token.</param>
internal sealed record SessionTokens(string AccessToken, string? RefreshToken, ClaimsPrincipal Principal)
{
    internal DateTimeOffset ExpiresAt { get; } = new(DateTime.SpecifyKind(new JsonWebToken(AccessToken).ValidTo, DateTimeKind.Utc));
}

/// <summary>The provider does not give, or gave what is no token for us.</summary>
internal sealed class TokenRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Checks access tokens as the services do, and gets new ones from the provider.</summary>
internal sealed class TokenRefresh(IOptionsMonitor<OpenIdConnectOptions> options, AccessTokens tokens)
{
    private const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>Who comes with a token: what the services will make of it, so that pages show what these allow.</summary>
    /// <param name="session">The name of the session.</param>
    /// <exception cref="TokenRefusedException">The services would not take it.</exception>
    internal async Task<ClaimsPrincipal> CheckAsync(string accessToken, string session, CancellationToken cancellationToken)
    {
        var provider = options.Get(Scheme);
        var parameters = tokens.Parameters;
        parameters.ConfigurationManager = (Microsoft.IdentityModel.Tokens.BaseConfigurationManager?)provider.ConfigurationManager;
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(accessToken, parameters);
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.IsValid)
        {
            throw new TokenRefusedException($"The provider's access token is not one that the services take: {Say(result.Exception)}", result.Exception);
        }

        try
        {
            var principal = tokens.PrincipalOf((JsonWebToken)result.SecurityToken, Scheme);
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Sessions.Claim, session)); // It was made with one.
            return principal;
        }
        catch (SecurityTokenException refused)
        {
            throw new TokenRefusedException(refused.Message, refused);
        }
    }

    /// <exception cref="TokenRefusedException">The provider gives no new token, or one that the services would not take.</exception>
    /// <exception cref="HttpRequestException">The provider does not answer.</exception>
    internal async Task<SessionTokens> RenewAsync(string refreshToken, string session, CancellationToken cancellationToken)
    {
        var provider = options.Get(Scheme);
        var discovered = await provider.ConfigurationManager!.GetConfigurationAsync(cancellationToken); // Set with the authority.
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [OpenIdConnectParameterNames.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
            [OpenIdConnectParameterNames.RefreshToken] = refreshToken,
            [OpenIdConnectParameterNames.ClientId] = provider.ClientId!, // Checked at start.
            [OpenIdConnectParameterNames.ClientSecret] = provider.ClientSecret!, // Checked at start.
        });
        using var answer = await provider.Backchannel.PostAsync(new Uri(discovered.TokenEndpoint), form, cancellationToken);
        if (answer.StatusCode is >= HttpStatusCode.InternalServerError)
        {
            throw new HttpRequestException($"The provider answered {(int)answer.StatusCode}.");
        }

        var message = Read(await answer.Content.ReadAsStringAsync(cancellationToken));
        if (!answer.IsSuccessStatusCode || message.AccessToken is not { Length: > 0 } accessToken)
        {
            throw new TokenRefusedException(message.Error ?? $"it answered {(int)answer.StatusCode}");
        }

        return new SessionTokens(accessToken, message.RefreshToken is { Length: > 0 } next ? next : refreshToken, await CheckAsync(accessToken, session, cancellationToken));
    }

    private static OpenIdConnectMessage Read(string body)
    {
        try
        {
            return new OpenIdConnectMessage(body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            throw new TokenRefusedException("its answer cannot be read", unreadable);
        }
    }

    private static string Say(Exception? fault) => fault switch
    {
        SecurityTokenInvalidAudienceException => "it is for another audience. Let the provider put the value of SignIn__Audience into the claim aud of its access tokens.",
        SecurityTokenMalformedException or ArgumentException => "it is no signed JWT. Let the provider give out access tokens of that kind.",
        _ => fault?.Message ?? "it is not valid.",
    };
}
