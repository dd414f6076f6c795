using Dunnhumby.Hosting.Local.Telemetry.Keys;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>The telemetry as JSON, so that a script can wait on it.</summary>
public static class TelemetryApiExtensions
{
    private const string Header = "x-api-key";

    public static IServiceCollection AddTelemetryApi(this IServiceCollection services, Action<TelemetryApiOptions> configure)
    {
        services.AddTelemetryStore();
        services.AddOptions<TelemetryApiOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    /// <summary>Maps <c>GET /api/telemetry/{resources,logs,traces,traces/{traceId}}</c>; all need the key.</summary>
    public static RouteGroupBuilder MapTelemetryApi(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var key = new Lazy<SharedKey>(() => new SharedKey(services.GetRequiredService<IOptions<TelemetryApiOptions>>().Value.ApiKey));
        var group = endpoints.MapGroup("/api/telemetry");
        group.AddEndpointFilter(async (context, next) =>
            key.Value.Accepts(context.HttpContext.Request.Headers[Header])
                ? await next(context)
                : TypedResults.Problem($"Send the key of this dashboard as {Header}.", statusCode: StatusCodes.Status401Unauthorized));
        group.MapResources();
        group.MapLogs();
        group.MapTraces();
        return group;
    }
}
