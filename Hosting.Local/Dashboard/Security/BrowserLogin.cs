using System.Security.Claims;
using Dunnhumby.Hosting.Local.Dashboard.Hosting;
using Dunnhumby.Hosting.Local.Telemetry.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Hosting.Local.Dashboard.Security;

/// <summary>Lets in who has the token that the AppHost printed, and remembers the browser with a cookie.</summary>
internal static class BrowserLogin
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void AddBrowserLogin(this IServiceCollection services, DashboardSettings settings)
    {
        // Cookies do not know ports: two dashboards of one machine must not take each other's.
        var suffix = $"{settings.Frontend.Port}";
        services.AddAuthentication(Scheme).AddCookie(options =>
        {
            options.LoginPath = "/login";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromDays(3);
            options.Cookie.Name = $".dashboard.{suffix}";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.IsEssential = true;
        });
        services.AddAntiforgery(options => options.Cookie.Name = $".dashboard.antiforgery.{suffix}");
        services.AddAuthorization(options => options.FallbackPolicy = settings.AllowAnonymous ? null : new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
    }

    public static void MapLogin(this IEndpointRouteBuilder endpoints)
    {
        var token = new SharedKey(endpoints.ServiceProvider.GetRequiredService<DashboardSettings>().BrowserToken);
        var login = endpoints.MapGroup("/login").AllowAnonymous();
        login.MapGet("", (HttpContext context, string? t, string? returnUrl) => t is null ? ShowAsync(returnUrl) : SignInAsync(context, token, t, returnUrl));
        login.MapPost("", (HttpContext context, [FromForm(Name = "token")] string? presented, [FromForm] string? returnUrl) => SignInAsync(context, token, presented, returnUrl));
    }

    private static Task<Results<RedirectHttpResult, RazorComponentResult<LoginPage>>> ShowAsync(string? returnUrl) =>
        Task.FromResult<Results<RedirectHttpResult, RazorComponentResult<LoginPage>>>(Page(returnUrl, isRefused: false));

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<LoginPage>>> SignInAsync(HttpContext context, SharedKey token, string? presented, string? returnUrl)
    {
        if (!token.Accepts(presented?.Trim()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Page(returnUrl, isRefused: true);
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "browser token")], Scheme);
        await context.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.LocalRedirect(IsLocal(returnUrl) ? returnUrl ?? "/" : "/");
    }

    private static RazorComponentResult<LoginPage> Page(string? returnUrl, bool isRefused) =>
        new(new { ReturnUrl = IsLocal(returnUrl) ? returnUrl : null, IsRefused = isRefused });

    // What a redirect may lead to: a path of this site, which neither another host nor a backslash follows.
    private static bool IsLocal(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..];
}
