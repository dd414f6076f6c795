using Dunnhumby.Contracts.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>API keys with scopes, and access tokens with roles: each endpoint says which scope it needs.</summary>
public static class ApiKeyExtensions
{
    /// <summary>The authentication scheme of API keys and access tokens, for policies that also take another one. Sign-in says which of the two a request brings.</summary>
    public const string Scheme = "Caller";

    /// <summary>The claim type that holds a scope.</summary>
    public const string ScopeClaim = ApiKeyHandler.ScopeClaim;

    internal static void AddApiKeys(this IServiceCollection services)
    {
        services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateOnStart();
        services.AddOptions<SigningOptions>().BindConfiguration(SigningOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiKeyOptions>, SecretRules>();
        services.AddSingleton<IValidateOptions<SigningOptions>, SecretRules>();
        services.AddSingleton(provider => new ApiKeyRing(provider.GetRequiredService<IOptions<ApiKeyOptions>>(), provider.GetRequiredService<IOptions<SigningOptions>>()));
        services.AddAuthentication(Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Scopes.Ingest, policy => policy.RequireClaim(ApiKeyHandler.ScopeClaim, Scopes.Ingest, Scopes.Admin))
            .AddPolicy(Scopes.Read, policy => policy.RequireClaim(ApiKeyHandler.ScopeClaim, Scopes.Read, Scopes.Admin))
            .AddPolicy(Scopes.Admin, policy => policy.RequireClaim(ApiKeyHandler.ScopeClaim, Scopes.Admin));
    }

    /// <summary>The endpoints need a key or a role with <paramref name="scope"/> (or <c>admin</c>): 401 without a key, 403 with another scope's.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(new AuthorizeAttribute(scope));
}
