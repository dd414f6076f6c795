using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>
/// Keeps foreign pages out. A service answers only to its own names, so that a page whose name is made to lead here (DNS rebinding) gets nothing; and what
/// changes something, or opens a connection of a page, is refused when the browser says that a page of another origin asks for it.
/// </summary>
internal static class HostsAndOrigins
{
    private const string HostsSetting = "AllowedHosts";
    private const string OriginsSetting = "Cors:Origins";

    /// <summary>The names that nobody else can point at another machine's service.</summary>
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The framework filters hosts before anything else; without the setting it would let every name in.</summary>
    internal static void AddHostFilter(this IServiceCollection services) => services
        .AddOptions<HostFilteringOptions>()
        .Configure<IConfiguration>((options, configuration) =>
        {
            options.AllowEmptyHosts = false;
            options.AllowedHosts = List(configuration[HostsSetting]) is { Length: > 0 } configured ? configured : Loopback;
        });

    /// <summary>Refuses requests of foreign origins. A program that is no browser sends no <c>Origin</c>, and passes.</summary>
    internal static void UseOriginCheck(this WebApplication app)
    {
        var trusted = app.Configuration.GetSection(OriginsSetting).Get<string[]>() ?? [];
        app.Use((context, next) => Changes(context) && context.Request.Headers.Origin is { Count: > 0 } origin && !IsOwn(context.Request, origin.ToString(), trusted)
            ? RefuseAsync(context)
            : next(context));
    }

    /// <summary>Pages keep their state in a hub, and a socket of it needs no preflight.</summary>
    private static bool Changes(HttpContext context)
    {
        var method = context.Request.Method;
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
        return !isSafe || context.Request.Headers.ContainsKey(HeaderNames.Upgrade) || context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is not null;
    }

    /// <summary>The host was filtered before, so an origin that equals it is ours.</summary>
    private static bool IsOwn(HttpRequest request, string origin, string[] trusted) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var given)
        && ((Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) && IsSame(given, own))
            || trusted.Any(address => Uri.TryCreate(address, UriKind.Absolute, out var other) && IsSame(given, other)));

    private static bool IsSame(Uri left, Uri right) => Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static string[] List(string? names) => names?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static async Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails
            {
                Type = ProblemTypes.Of("foreign-origin"),
                Title = "A page of another site asks for this.",
                Status = StatusCodes.Status403Forbidden,
                Detail = "If the page is yours, name its address, without a path, in the setting Cors__Origins__0 of this service.",
            },
        });
    }
}
