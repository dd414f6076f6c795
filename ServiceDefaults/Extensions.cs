using System.Net.Mime;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Health;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Dunnhumby.ServiceDefaults.SignIn;
using Dunnhumby.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dunnhumby.ServiceDefaults;

/// <summary>What every service has, in the shape of Aspire's service defaults: telemetry, health, resilience and service discovery, and here also API keys, sign-in and problem details.</summary>
public static class Extensions
{
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";
    private const string Live = "live";
    private const string SamplerName = "OTEL_TRACES_SAMPLER";

    /// <summary>Our own activity sources and meters: each service names its own <c>Dunnhumby.{Service}</c>.</summary>
    private const string Own = "Dunnhumby.*";
    private const string MassTransit = "MassTransit";

    /// <summary>Registers the defaults. Reads <c>OTEL_*</c>, <c>services:*</c>, <c>ConnectionStrings:*</c> and <c>ApiKeys:{scope}</c>.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.Services.AddDefaultProblemDetails();
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

    /// <summary>Logs, metrics and traces by OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver, as the AppHost does. Without one nothing is recorded.</summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (!builder.ExportsTelemetry())
        {
            // Recording every request for nobody would cost a sixth of its time.
            return builder;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .UseOtlpExporter()
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter(MassTransit, Own))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !context.Request.Path.StartsWithSegments(HealthPath, StringComparison.Ordinal)
                        && !context.Request.Path.StartsWithSegments(AlivePath, StringComparison.Ordinal);
                    // Of pages the navigation and the event are told; every frame of their connection would bury them.
                    options.EnableAspNetCoreSignalRSupport = false;
                })
                .AddHttpClientInstrumentation()
                .AddProcessor(new QueryNames())
                .AddSource(MassTransit, Own)
                .SampleWork(builder.Configuration[SamplerName]));
        return builder;
    }

    /// <summary>One check that the process answers, for <c>/alive</c>. What a service depends on adds its own.</summary>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
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
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteStateAsync }).AllowAnonymous();
        app.MapHealthChecks($"{HealthPath}/details", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteDetailsAsync })
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]), new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(object), [MediaTypeNames.Application.Json]))
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(ApiKeyExtensions.Scheme).RequireAuthenticatedUser());
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).AllowAnonymous();
        return app;
    }

    internal static bool ExportsTelemetry(this IHostApplicationBuilder builder) => !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>Another sampler than everything, named in the environment, has its way.</summary>
    private static TracerProviderBuilder SampleWork(this TracerProviderBuilder tracing, string? sampler) =>
        sampler is null or { Length: 0 } or "always_on" or "parentbased_always_on" ? tracing.SetSampler(new ParentBasedSampler(new WorkSampler())) : tracing;
}
