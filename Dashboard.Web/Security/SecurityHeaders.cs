using Dunnhumby.Dashboard.Web.Uploads;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.Security;

/// <summary>Headers of every answer: pages run our own scripts only and talk to this site and the ingestion service only.</summary>
internal static class SecurityHeaders
{
    internal static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = Policy(app.Services.GetRequiredService<IOptions<UploadOptions>>().Value.Origin, app.Services.GetRequiredService<IOptions<SignInOptions>>().Value.Authority);
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            return next(context);
        });
    }

    /// <summary>
    /// Style attributes are allowed because components position themselves with them; style elements are not.
    /// Signing out is a form that leads on to the provider. 'self' takes in the web socket to this site. Nothing of the policy comes from the request.
    /// </summary>
    internal static string Policy(string ingestion, string? authority) =>
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + $"connect-src 'self' {ingestion}; "
        + $"object-src 'none'; base-uri 'self'; form-action 'self'{Provider(authority)}; frame-ancestors 'none'";

    private static string Provider(string? authority) => Uri.TryCreate(authority, UriKind.Absolute, out var address) ? $" {address.GetLeftPart(UriPartial.Authority)}" : "";
}
