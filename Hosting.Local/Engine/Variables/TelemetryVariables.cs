using Dunnhumby.Hosting.Local.Dashboard.Hosting;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Local.Engine.Variables;

/// <summary>
/// Tells a project where its telemetry goes: to the dashboard's receiver, by gRPC if it can. Without a dashboard it goes where configuration says
/// (<c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c> or <c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c>), and nobody exports to nowhere.
/// </summary>
internal sealed class TelemetryVariables(DashboardSettings dashboard, IHostEnvironment environment)
{
    // Services must not wait for a collector in development: everything goes out within a second.
    private const string Promptly = "1000";

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

        if (dashboard.OtlpGrpc is { } grpc)
        {
            AddExporter(variables, grpc, "grpc");
        }
        else if (dashboard.OtlpHttp is { } http)
        {
            AddExporter(variables, http, "http/protobuf");
        }
    }

    private void AddExporter(Dictionary<string, string?> variables, Uri url, string protocol)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url.OriginalString.TrimEnd('/');
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={dashboard.OtlpApiKey}";
    }
}
