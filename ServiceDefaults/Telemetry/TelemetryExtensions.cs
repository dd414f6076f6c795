using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dunnhumby.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>The exporter runs only when the environment names a receiver, as the AppHost does.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string SamplerName = "OTEL_TRACES_SAMPLER";

    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            // Nobody listens: recording every request would cost a sixth of its time for nothing.
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .UseOtlpExporter()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(TelemetryNames.Npgsql, TelemetryNames.MassTransit, TelemetryNames.Own))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !IsHealthProbe(context.Request.Path);
                    // Of pages the navigation and the event are told; every frame of their connection would bury them.
                    options.EnableAspNetCoreSignalRSupport = false;
                })
                .AddHttpClientInstrumentation()
                .AddNpgsql()
                .AddProcessor(new QueryNames())
                .AddSource(TelemetryNames.MassTransit, TelemetryNames.Own)
                .SampleWork(builder.Configuration[SamplerName]));
    }

    /// <summary>Another sampler than everything, named in the environment, has its way.</summary>
    private static TracerProviderBuilder SampleWork(this TracerProviderBuilder tracing, string? sampler) =>
        sampler is null or { Length: 0 } or "always_on" or "parentbased_always_on" ? tracing.SetSampler(new ParentBasedSampler(new WorkSampler())) : tracing;

    private static bool IsHealthProbe(Microsoft.AspNetCore.Http.PathString path) => path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/alive", StringComparison.Ordinal);
}
