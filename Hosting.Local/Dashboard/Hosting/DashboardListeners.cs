using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>The ports: one for the pages, one for each protocol of the receiver, because without TLS a port speaks either HTTP/1.1 or HTTP/2.</summary>
internal static class DashboardListeners
{
    public static void Configure(KestrelServerOptions kestrel, DashboardSettings settings)
    {
        Listen(kestrel, settings.Frontend, HttpProtocols.Http1);
        if (settings.OtlpGrpc is { } grpc)
        {
            Listen(kestrel, grpc, HttpProtocols.Http2);
        }

        if (settings.OtlpHttp is { } http)
        {
            Listen(kestrel, http, HttpProtocols.Http1);
        }
    }

    /// <summary>The names a browser may know the dashboard by: another one is a page elsewhere that had its name resolved to loopback.</summary>
    public static IList<string> Hosts(Uri frontend) => frontend.IsLoopback ? ["localhost", "127.0.0.1", "[::1]"] : ["*"];

    /// <summary>Lets the receiver's ports reach the receiver only, and pages nothing but the rest.</summary>
    public static void UseReceiverPorts(this IApplicationBuilder app, DashboardSettings settings) => app.Use((context, next) =>
    {
        var toReceiver = IsReceiverPath(context.Request.Path);
        var fromReceiver = context.Connection.LocalPort != settings.Frontend.Port;
        if (toReceiver == fromReceiver)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static bool IsReceiverPath(PathString path) =>
        path.StartsWithSegments("/v1", StringComparison.Ordinal) || path.Value?.StartsWith("/opentelemetry.proto.", StringComparison.Ordinal) == true;

    private static void Listen(KestrelServerOptions kestrel, Uri address, HttpProtocols protocols)
    {
        if (address.IsLoopback)
        {
            kestrel.ListenLocalhost(address.Port, listen => listen.Protocols = protocols);
        }
        else
        {
            kestrel.Listen(IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Any, address.Port, listen => listen.Protocols = protocols);
        }
    }
}
