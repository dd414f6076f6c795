using System.Security.Claims;
using Dunnhumby.Contracts.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>API keys with scopes: each endpoint says which scope it needs.</summary>
public static class ApiKeyExtensions
{
    /// <summary>The authentication scheme of API keys, for policies that also take another one.</summary>
    public const string Scheme = ApiKeyHandler.Scheme;

    /// <summary>The claim type that holds a scope.</summary>
    public const string ScopeClaim = ApiKeyHandler.ScopeClaim;

    /// <summary>The claim type that holds the key's fingerprint.</summary>
    public const string KeyClaim = ApiKeyHandler.KeyClaim;

    /// <summary>The fingerprint of the caller's key (16 hexadecimal digits): names a key in records without revealing it.</summary>
    /// <exception cref="InvalidOperationException">The caller has no key: the endpoint requires none.</exception>
    public static string KeyFingerprint(this ClaimsPrincipal caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.FindFirst(KeyClaim)?.Value ?? throw new InvalidOperationException("The caller has no API key.");
    }

    internal static void AddApiKeys(this IServiceCollection services)
    {
        services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section);
        services.AddSingleton<ApiKeyRing>();
        services.AddAuthentication(ApiKeyHandler.Scheme).AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Scopes.Ingest, policy => policy.RequireClaim(ApiKeyHandler.ScopeClaim, Scopes.Ingest, Scopes.Admin))
            .AddPolicy(Scopes.Read, policy => policy.RequireClaim(ApiKeyHandler.ScopeClaim, Scopes.Read, Scopes.Admin))
            .AddPolicy(Scopes.Admin, policy => policy.RequireClaim(ApiKeyHandler.ScopeClaim, Scopes.Admin));
    }

    /// <summary>The endpoints need a key with <paramref name="scope"/> (or <c>admin</c>): 401 without a key, 403 with another scope's.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(new AuthorizeAttribute(scope));
}
