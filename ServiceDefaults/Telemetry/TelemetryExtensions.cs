using System.Diagnostics;
using Dunnhumby.ServiceDefaults.Health;
using Dunnhumby.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dunnhumby.ServiceDefaults.Telemetry;

/// <summary>What a service tells of itself, and to whom.</summary>
public static class TelemetryExtensions
{
    private const string SamplerName = "OTEL_TRACES_SAMPLER";

    /// <summary>Our own activity sources and meters: each service names its own <c>Dunnhumby.{Service}</c>.</summary>
    private const string Own = "Dunnhumby.*";

    /// <summary>Logs, metrics and traces by OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver, as the AppHost does. Without one nothing is recorded.</summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (!builder.ExportsTelemetry())
        {
            // Recording every request that nobody looks at would cost a sixth of its time.
            return builder;
        }

        // A receiver that is busy or restarts for a moment loses nothing. Whoever sets these two decides.
        builder.Configuration["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] ??= "in_memory";
        builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"] ??= "60000";

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .UseOtlpExporter()
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddMeter(MessagingExtensions.TelemetrySource, Own))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !context.Request.Path.StartsWithSegments(HealthExtensions.HealthPath, StringComparison.Ordinal)
                        && !context.Request.Path.StartsWithSegments(HealthExtensions.AlivePath, StringComparison.Ordinal);
                    // Of pages the navigation and the event are told; every frame of their connection would bury them.
                    options.EnableAspNetCoreSignalRSupport = false;
                })
                .AddHttpClientInstrumentation()
                .AddProcessor(new QueryNames())
                .AddSource(MessagingExtensions.TelemetrySource, Own)
                .SampleWork(builder.Configuration[SamplerName]));
        return builder;
    }

    internal static bool ExportsTelemetry(this IHostApplicationBuilder builder) => !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>A sampler that the environment names takes precedence, unless it records everything.</summary>
    private static TracerProviderBuilder SampleWork(this TracerProviderBuilder tracing, string? sampler) =>
        sampler is null or { Length: 0 } or "always_on" or "parentbased_always_on" ? tracing.SetSampler(new ParentBasedSampler(new WorkSampler())) : tracing;
}

/// <summary>
/// Records every trace except those that begin with a call to another service or server: no user asked for that call, so it is one of the checks (for a message, a run, a
/// version) that come every second and would bury the work. The parent's decision holds for all spans below it, in this service and the one called.
/// </summary>
internal sealed class WorkSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
