using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Health;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Dunnhumby.ServiceDefaults.SignIn;
using Dunnhumby.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace Dunnhumby.ServiceDefaults;

/// <summary>What every service has, in the shape of Aspire's service defaults: telemetry, health, resilience and service discovery, and here also API keys, sign-in and problem details.</summary>
public static class Extensions
{
    /// <summary>Registers the defaults. Reads <c>OTEL_*</c>, <c>services:*</c>, <c>ConnectionStrings:*</c> and <c>ApiKeys:{scope}</c>.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.Services.AddDefaultProblemDetails();
        builder.Services.AddStrictRequests();
        builder.Services.AddDefaultCompression();
        builder.Services.AddHostFilter();
        builder.Services.AddConnectionLimits();
        builder.Services.AddApiKeys();
        builder.Services.AddSignIn();
        builder.AddListeningRule();
        builder.Services.AddFailedAttempts();
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
    /// The middleware every service starts with: compression, problem details for errors and empty statuses, the refusal of foreign origins and of addresses that try keys, then authentication and authorization,
    /// then the refusal of query parameters and of <c>Accept</c> headers that an endpoint would ignore.
    /// Maps <c>/health</c> (ready to serve), <c>/health/details</c> (what each check found) and <c>/alive</c> (the process answers); the details need a key, of any scope.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseDataHeaders();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseOriginCheck();
        app.UseFailedAttempts();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseStrictRequests();
        app.MapHealth();
        return app;
    }
}
