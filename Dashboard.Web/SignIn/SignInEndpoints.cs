using Dunnhumby.ServiceDefaults.Requests;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.SignIn;

/// <summary>Signing out, and the plain pages for a browser without a session or without a role.</summary>
internal static partial class SignInEndpoints
{
    internal const string SignOut = "/sign-out";
    internal const string SignedOut = "/signed-out";
    internal const string NoRole = "/no-role";
    private const string NotSignedIn = "/not-signed-in";

    internal static void MapSignIn(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<SignInOptions>>().Value.IsOn)
        {
            return;
        }

        app.MapPost(SignOut, SignOutAsync).AllowAnonymous();
        app.MapGet(SignedOut, () => Show("You are signed out", "To read on, sign in again.", "Sign in", "/")).AllowAnonymous();
        app.MapGet(NotSignedIn, () => Show("Signing in did not work", "Try again. If it happens again, tell the people who run this dashboard: its log has the reason.", "Try again", "/")).AllowAnonymous();
        app.MapGet(NoRole, () => Show(NoRoleState.Title, NoRoleState.Text, "Overview", "/", isSignedIn: true, StatusCodes.Status403Forbidden)).RequireAuthorization().ReadTheirOwnQuery();
    }

    /// <summary>Leads to the page that says so. The reason may hold what is not for the browser.</summary>
    internal static void Failed(HttpContext context, Exception? failure)
    {
        Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Dunnhumby.Dashboard.Web.SignIn"), failure);
        context.Response.Redirect(NotSignedIn);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, IOptionsMonitor<OpenIdConnectOptions> options)
    {
        if (context.User.Session() is null)
        {
            // It has ended by itself.
            return TypedResults.LocalRedirect(SignedOut);
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.Problem(title: "This form is not ours", detail: "Open the dashboard and sign out there.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await CanEndSessionAsync(options.Get(OpenIdConnectDefaults.AuthenticationScheme), context.RequestAborted))
        {
            return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = SignedOut }, [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.LocalRedirect(SignedOut);
    }

    /// <summary>Not every provider offers it. If the provider does not answer, the person is signed out here only.</summary>
    private static async Task<bool> CanEndSessionAsync(OpenIdConnectOptions provider, CancellationToken cancellationToken)
    {
        try
        {
            return provider.ConfigurationManager is { } discovery && !string.IsNullOrEmpty((await discovery.GetConfigurationAsync(cancellationToken)).EndSessionEndpoint);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    internal static RazorComponentResult<PlainPage> Show(string title, string text, string action, string address, bool isSignedIn = false, int status = StatusCodes.Status200OK) => new(
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(PlainPage.Title)] = title,
            [nameof(PlainPage.Text)] = text,
            [nameof(PlainPage.Action)] = action,
            [nameof(PlainPage.Address)] = address,
            [nameof(PlainPage.IsSignedIn)] = isSignedIn,
        })
    {
        StatusCode = status,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Signing in did not work")]
        public static partial void Failed(ILogger logger, Exception? failure);
    }
}

/// <summary>Says that the provider does not answer. Without its answer, its sign-in address is not known.</summary>
internal sealed class ProviderOutage : Microsoft.AspNetCore.Diagnostics.IExceptionHandler
{
    /// <summary>What the framework's library calls a discovery document that cannot be had.</summary>
    private const string NoConfiguration = "IDX20803";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not InvalidOperationException || !exception.Message.StartsWith(NoConfiguration, StringComparison.Ordinal))
        {
            return false;
        }

        httpContext.Response.Headers.RetryAfter = "10";
        await SignInEndpoints.Show(
            "Signing in is not possible now", "The sign-in provider does not answer. Try again in a moment.", "Try again", "/", status: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(httpContext);
        return true;
    }
}
