using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dunnhumby.Hosting.Local.Dashboard.Security;

/// <summary>Headers of every answer: pages run their own scripts only and talk to this site only.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(context.Request.Host);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return next(context);
    });

    /// <summary>
    /// Style attributes are allowed because components position themselves with them; style elements are not.
    /// The web socket is named beside 'self' for browsers that do not count it in.
    /// </summary>
    private static string Policy(HostString host) =>
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + $"connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
