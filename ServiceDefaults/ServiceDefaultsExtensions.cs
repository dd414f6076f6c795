using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Health;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace Dunnhumby.ServiceDefaults;

/// <summary>What every service has: telemetry, health, resilience, service discovery, API keys and problem details.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Registers the defaults. Reads <c>OTEL_*</c>, <c>services:*</c>, <c>ConnectionStrings:*</c> and <c>ApiKeys:{scope}</c>.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.Services.AddDefaultHealthChecks();
        builder.Services.AddDefaultProblemDetails();
        builder.Services.AddApiKeys();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // What changes something is not sent twice: its first answer may only have been lost.
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// The middleware every service starts with: problem details for errors and empty statuses, then authentication and authorization.
    /// Maps <c>/health</c> (ready to serve), <c>/health/details</c> (what each check found) and <c>/alive</c> (the process answers), all without a key.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        return app;
    }
}
