using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Dunnhumby.SignIn.Provider;

/// <summary>
/// A provider of OpenID Connect for tests: discovery, authorization code with PKCE, refresh, end of session, and a form to sign in with. Its keys and what it knows
/// live as long as it does.
/// </summary>
public sealed class PeopleProvider : IAsyncDisposable
{
    public const string ClientId = "dunnhumby-pages";
    public const string ClientSecret = "secret-of-the-pages-in-tests-0123456789";
    public const string Audience = "dunnhumby";

    private readonly WebApplication _app;
    private readonly RSA _rsa;

    private PeopleProvider(WebApplication app, RSA rsa, RsaSecurityKey key, ConcurrentDictionary<string, Person> people) => (_app, _rsa, SigningKey, People) = (app, rsa, key, people);

    /// <summary>What access tokens are signed with: tests make tokens of their own with it.</summary>
    public RsaSecurityKey SigningKey { get; }

    /// <summary>Who may sign in, by user name. A change counts from the next token on.</summary>
    public ConcurrentDictionary<string, Person> People { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="pages">Where people come back to.</param>
    /// <param name="accessTokens">How long an access token is good.</param>
    /// <param name="urls">Where to listen; a free port of loopback by default.</param>
    public static async Task<PeopleProvider> StartAsync(Uri pages, TimeSpan? accessTokens = null, string urls = "http://127.0.0.1:0")
    {
        ArgumentNullException.ThrowIfNull(pages);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(PeopleProvider).Assembly.GetName().Name });
        builder.WebHost.UseUrls(urls);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var database = $"{Guid.NewGuid()}";
        builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.LoginPath = "/login";
            cookie.Cookie.Name = "provider";
        });
        var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa) { KeyId = $"{Guid.NewGuid():N}" };
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetEndSessionEndpointUris("connect/logout");
                server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.Profile, Scopes.OfflineAccess);
                server.SetAccessTokenLifetime(accessTokens ?? TimeSpan.FromMinutes(10));
                server.AddSigningKey(key).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
                server.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableEndSessionEndpointPassthrough();
            });

        var app = builder.Build();
        app.UseAuthentication();
        var people = new ConcurrentDictionary<string, Person>(StringComparer.Ordinal);
        foreach (var person in (Person[])[Person.Reader, Person.Loader, Person.Admin, Person.Nobody])
        {
            people[person.UserName] = person;
        }

        app.MapGet("/connect/authorize", AuthorizeAsync);
        app.MapPost("/connect/token", context => TokenAsync(context, people));
        app.MapGet("/connect/logout", EndAsync);
        app.MapGet("/login", (string returnUrl) => LoginForm.Page(returnUrl, failed: false));
        app.MapPost("/login", context => LoginForm.PostAsync(context, people));
        await RegisterAsync(app.Services, pages);
        await app.StartAsync();
        return new PeopleProvider(app, rsa, key, people);

        Task AuthorizeAsync(HttpContext context) => PeopleProvider.AuthorizeAsync(context, people);
    }

    /// <summary>An access token as this provider makes them, unless <paramref name="change"/> makes it another one.</summary>
    public string TokenOf(Person person, Action<SecurityTokenDescriptor>? change = null)
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address.ToString(),
            Audience = Audience,
            NotBefore = now,
            IssuedAt = now,
            Expires = now.AddMinutes(10),
            TokenType = "at+jwt",
            SigningCredentials = new SigningCredentials(SigningKey, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [Claims.Subject] = person.Subject, [Claims.Name] = person.Name, ["roles"] = person.Roles },
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    internal Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    private static async Task RegisterAsync(IServiceProvider services, Uri pages)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ConsentType = ConsentTypes.Implicit,
            RedirectUris = { new Uri(pages, "/signin-oidc") },
            PostLogoutRedirectUris = { new Uri(pages, "/signout-callback-oidc") },
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        });
    }

    private static async Task AuthorizeAsync(HttpContext context, ConcurrentDictionary<string, Person> people)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("This is no request of OpenID Connect.");
        var known = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (known.Principal?.Identity?.Name is not { } userName || !people.TryGetValue(userName, out var person))
        {
            await context.ChallengeAsync(CookieAuthenticationDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = $"{context.Request.Path}{context.Request.QueryString}" });
            return;
        }

        await context.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, PrincipalOf(person, request.GetScopes()));
    }

    /// <summary>For a code and for a refresh token alike: what the person is allowed by now goes into the new access token.</summary>
    private static async Task TokenAsync(HttpContext context, ConcurrentDictionary<string, Person> people)
    {
        var presented = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var person = people.Values.SingleOrDefault(one => string.Equals(one.Subject, presented.Principal?.GetClaim(Claims.Subject), StringComparison.Ordinal));
        if (person is null)
        {
            await context.ForbidAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
            }));
            return;
        }

        await context.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, PrincipalOf(person, presented.Principal!.GetScopes())); // It has a subject.
    }

    private static async Task EndAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignOutAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static ClaimsPrincipal PrincipalOf(Person person, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.Name, person.Name);
        identity.SetClaims("roles", [.. person.Roles]);
        identity.SetDestinations(claim => claim.Type is Claims.Name ? [Destinations.AccessToken, Destinations.IdentityToken] : [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetResources(Audience);
        return principal;
    }

    private static class LoginForm
    {
        internal static IResult Page(string returnUrl, bool failed) => Results.Content(
            $"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>
            <h1>Sign in</h1>{(failed ? "<p role=\"alert\">Wrong user name or password.</p>" : "")}
            <form method="post" action="/login"><input type="hidden" name="returnUrl" value="{WebUtility.HtmlEncode(returnUrl)}">
            <label>User name <input name="user" autofocus></label> <label>Password <input name="password" type="password"></label> <button>Sign in</button></form></body></html>
            """,
            "text/html; charset=utf-8");

        internal static async Task PostAsync(HttpContext context, ConcurrentDictionary<string, Person> people)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var returnUrl = form["returnUrl"].ToString();
            if (!people.TryGetValue(form["user"].ToString(), out var person) || !string.Equals(person.Password, form["password"].ToString(), StringComparison.Ordinal))
            {
                await Page(returnUrl, failed: true).ExecuteAsync(context);
                return;
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, person.UserName)], CookieAuthenticationDefaults.AuthenticationScheme);
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
            await Results.LocalRedirect(returnUrl).ExecuteAsync(context);
        }
    }
}
