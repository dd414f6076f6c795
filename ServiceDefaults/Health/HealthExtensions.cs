using System.Net.Mime;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.ServiceDefaults.Health;

/// <summary>Whether a service answers, and whether it is ready to serve.</summary>
public static class HealthExtensions
{
    internal const string HealthPath = "/health";
    internal const string AlivePath = "/alive";
    private const string Live = "live";

    /// <summary>One check that the process answers, for <c>/alive</c>. What a service depends on adds its own.</summary>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        return builder;
    }

    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteStateAsync }).AllowAnonymous();
        app.MapHealthChecks($"{HealthPath}/details", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteDetailsAsync })
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]), new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(object), [MediaTypeNames.Application.Json]))
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(ApiKeyExtensions.Scheme).RequireAuthenticatedUser());
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).AllowAnonymous();
    }
}

/// <summary>Writes the state of the service, or what each health check found: its state, its words and its figures. Never an exception: that is for the log.</summary>
internal static class HealthReportWriter
{
    /// <summary>One word: <c>Starting</c>, which is not ready, or the state.</summary>
    internal static Task WriteStateAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        return context.Response.WriteAsync(State(context, report), context.RequestAborted);
    }

    /// <summary>The state and each check as JSON.</summary>
    internal static Task WriteDetailsAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = State(context, report),
            Checks = report.Entries.Select(entry => new
            {
                Name = entry.Key,
                Status = entry.Value.Status.ToString(),
                Description = Shown(entry.Value),
                entry.Value.Data,
            }),
        },
        context.RequestAborted);

    /// <summary>A service that starts is degraded by its checks, which counts as ready; it is not, until it has started.</summary>
    private static string State(HttpContext context, HealthReport report)
    {
        if (report.Status is not HealthStatus.Degraded || !report.Entries.Values.Any(entry => entry.Data.ContainsKey(ConnectingBus.Starting)))
        {
            return report.Status.ToString();
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return ConnectingBus.Starting;
    }

    /// <summary>An exception's own words may name hosts and accounts: those are for the log.</summary>
    private static string? Shown(HealthReportEntry entry) =>
        entry.Exception is { } failure && string.Equals(entry.Description, failure.Message, StringComparison.Ordinal) ? "It failed; the service's log says why." : entry.Description;
}
