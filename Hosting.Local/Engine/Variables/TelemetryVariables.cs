using Dunnhumby.Hosting.Local.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Local.Engine.Variables;

/// <summary>
/// Tells a project where its telemetry goes. Where that is, configuration says (<c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c> for
/// gRPC, which is preferred, or <c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c>); without it nobody exports to nowhere.
/// </summary>
internal sealed class TelemetryVariables(IConfiguration configuration, IHostEnvironment environment)
{
    // Services must not wait for a collector in development: everything goes out within a second.
    private const string Promptly = "1000";

    private readonly string _apiKey = configuration["AppHost:OtlpApiKey"] is { Length: > 0 } configured ? configured : GeneratedSecret.Create();

    public void AddTo(Dictionary<string, string?> variables, ResourceInstance instance)
    {
        variables["OTEL_SERVICE_NAME"] = instance.Resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance.Suffix}";
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (environment.IsDevelopment())
        {
            variables["OTEL_BSP_SCHEDULE_DELAY"] = Promptly;
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = Promptly;
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = Promptly;
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }

        if (configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] is { Length: > 0 } grpc)
        {
            AddExporter(variables, grpc, "grpc");
        }
        else if (configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] is { Length: > 0 } http)
        {
            AddExporter(variables, http, "http/protobuf");
        }
    }

    private void AddExporter(Dictionary<string, string?> variables, string url, string protocol)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={_apiKey}";
    }
}
