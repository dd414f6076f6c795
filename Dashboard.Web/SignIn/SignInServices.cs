using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>People sign in with the provider, by authorization code and PKCE, and come back to the page that they asked for.</summary>
internal static class SignInServices
{
    private const string CookieName = "dunnhumby-session";
    private const int SessionBytes = 32;

    internal static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<Visitor>();
        if (!(builder.Configuration.GetSection(SignInOptions.Section).Get<SignInOptions>() ?? new SignInOptions()).IsOn)
        {
            builder.Services.AddAuthentication(OpenDoor.Scheme).AddScheme<AuthenticationSchemeOptions, OpenDoor>(OpenDoor.Scheme, configureOptions: null);
            return;
        }

        builder.Services.AddOptions<SignInOptions>()
            .Validate(
                options => !string.IsNullOrWhiteSpace(options.ClientId) && !string.IsNullOrWhiteSpace(options.ClientSecret),
                "Set SignIn__ClientId and SignIn__ClientSecret to what the provider calls the dashboard: a confidential client that may use the authorization code flow with PKCE.");
        builder.Services.AddExceptionHandler<ProviderOutage>();
        builder.Services.AddSingleton<TokenRefresh>();
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddScoped<AuthenticationStateProvider, SessionState>();
        builder.Services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme))
            .AddCookie()
            .AddOpenIdConnect();
        builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IOptions<SignInOptions>, Sessions>(ConfigureCookie);
        builder.Services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme).Configure<IOptions<SignInOptions>>(ConfigureProvider);
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, IOptions<SignInOptions> options, Sessions sessions)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        // Lax, or the browser would not send it when the provider leads back here.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.Value.SessionLifetime;
        cookie.SlidingExpiration = false;
        cookie.SessionStore = sessions;
        cookie.AccessDeniedPath = SignInEndpoints.NoRole;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            // Null also while the provider does not answer: the session stays, but nothing can be done in it.
            if (context.Principal?.Session() is not { } session || await sessions.AccessTokenAsync(session, context.HttpContext.RequestAborted) is null || sessions.Find(session) is not { } person)
            {
                context.RejectPrincipal();
                return;
            }

            context.ReplacePrincipal(person);
        };
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            if (IsPage(context.Request))
            {
                context.Response.Redirect(context.RedirectUri);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
            }

            return Task.CompletedTask;
        };
    }

    private static void ConfigureProvider(OpenIdConnectOptions provider, IOptions<SignInOptions> options)
    {
        provider.Authority = options.Value.Authority;
        provider.RequireHttpsMetadata = options.Value.RequiresHttps;
        provider.ClientId = options.Value.ClientId;
        provider.ClientSecret = options.Value.ClientSecret;
        provider.ResponseType = OpenIdConnectResponseType.Code;
        // By query, not by a form: a form of another site brings no cookie that is Lax.
        provider.ResponseMode = OpenIdConnectResponseMode.Query;
        provider.UsePkce = true;
        provider.SaveTokens = true;
        provider.MapInboundClaims = false;
        provider.RemoteSignOutPath = PathString.Empty;
        provider.CorrelationCookie.SameSite = provider.NonceCookie.SameSite = SameSiteMode.Lax;
        provider.CorrelationCookie.SecurePolicy = provider.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        provider.Scope.Clear();
        foreach (var scope in options.Value.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            provider.Scope.Add(scope);
        }

        provider.Events.OnRedirectToIdentityProvider = context =>
        {
            // Scripts and sockets cannot follow there; what they need to know is that the session is over.
            if (!IsPage(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.HandleResponse();
            }

            return Task.CompletedTask;
        };
        provider.Events.OnTokenValidated = async context =>
        {
            try
            {
                var session = RandomNumberGenerator.GetHexString(2 * SessionBytes, lowercase: true);
                var refresh = context.HttpContext.RequestServices.GetRequiredService<TokenRefresh>();
                context.Principal = await refresh.CheckAsync(context.TokenEndpointResponse?.AccessToken ?? "", session, context.HttpContext.RequestAborted);
            }
            catch (TokenRefusedException refused)
            {
                context.Fail(refused);
            }
        };
        provider.Events.OnRemoteFailure = context =>
        {
            SignInEndpoints.Failed(context.HttpContext, context.Failure);
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Whether a browser asks for a page to show, not for a part of one.</summary>
    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
        && request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate";
}

/// <summary>Without sign-in, anyone who opens a page may do what the dashboard's keys allow.</summary>
internal sealed class OpenDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IConfiguration configuration)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal new const string Scheme = "OpenDoor";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        List<Claim> scopes = [new(ApiKeyExtensions.ScopeClaim, Scopes.Read), new(ApiKeyExtensions.ScopeClaim, Scopes.Ingest)];
        if (!string.IsNullOrWhiteSpace(configuration[$"ApiKeys:{Scopes.Admin}"]))
        {
            scopes.Add(new Claim(ApiKeyExtensions.ScopeClaim, Scopes.Admin));
        }

        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(scopes, Scheme)), Scheme)));
    }
}
