using Dunnhumby.Hosting.Local.Telemetry.Decoding;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Puts the OTLP receiver into an ASP.NET Core host.</summary>
public static class OtlpReceiverExtensions
{
    /// <summary>Adds the store and the receiver, and makes Kestrel listen on the ports that are given. The host then listens on those and on what it adds in code; ASPNETCORE_URLS is not used.</summary>
    public static IServiceCollection AddOtlpReceiver(this IServiceCollection services, Action<OtlpReceiverOptions> configure)
    {
        services.AddOptions<OtlpReceiverOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddTelemetryStore();
        services.TryAddSingleton<AttributeDecoder>();
        services.TryAddSingleton<ScopeDecoder>();
        services.TryAddSingleton<TraceDecoder>();
        services.TryAddSingleton<LogDecoder>();
        services.TryAddSingleton<DistributionDecoder>();
        services.TryAddSingleton<MetricDecoder>();
        services.TryAddSingleton<OtlpIngest>();

        services.AddGrpc();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<OtlpGrpcService>, OtlpGrpcMethods>());
        services.AddOptions<GrpcServiceOptions<OtlpGrpcService>>().Configure<IOptions<OtlpReceiverOptions>>((grpc, receiver) =>
        {
            grpc.MaxReceiveMessageSize = receiver.Value.MaxRequestBytes;
            grpc.CompressionProviders = [new BoundedGzip(receiver.Value.MaxRequestBytes)];
        });
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<OtlpReceiverOptions>>(OtlpListeners.Configure);
        return services;
    }

    /// <summary>Adds the store alone.</summary>
    public static IServiceCollection AddTelemetryStore(this IServiceCollection services)
    {
        services.AddOptions<TelemetryLimits>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TelemetryStore>();
        return services;
    }

    /// <summary>Maps OTLP/gRPC and OTLP/HTTP. Every request needs the key.</summary>
    public static IEndpointRouteBuilder MapOtlp(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<OtlpGrpcService>().RequireOtlpKey(endpoints.ServiceProvider);
        endpoints.MapOtlpHttp();
        return endpoints;
    }
}
