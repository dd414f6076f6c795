using Dunnhumby.Hosting.Local.Telemetry.Api;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

/// <summary>A real receiver with its JSON API, on free ports of loopback.</summary>
public sealed class ReceiverHost : IAsyncLifetime
{
    internal const string OtlpKey = "the-key-of-the-receiver";
    internal const string ApiKey = "the-key-of-the-json-api";
    internal const int MaxRequestBytes = 1024 * 1024;

    private readonly WebApplication _app;

    public ReceiverHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOtlpReceiver(options =>
        {
            options.ApiKey = OtlpKey;
            options.GrpcPort = 0;
            options.HttpPort = 0;
            options.MaxRequestBytes = MaxRequestBytes;
        });
        builder.Services.AddTelemetryApi(options => options.ApiKey = ApiKey);
        _app = builder.Build();
        _app.MapOtlp();
        _app.MapTelemetryApi();
    }

    internal TelemetryStore Store => _app.Services.GetRequiredService<TelemetryStore>();

    internal Uri GrpcAddress { get; private set; } = new("http://localhost");

    internal Uri HttpAddress { get; private set; } = new("http://localhost");

    /// <summary>Speaks OTLP/HTTP, with the key.</summary>
    internal HttpClient Http { get; private set; } = new();

    /// <summary>Reads the JSON API, with the key.</summary>
    internal HttpClient Api { get; private set; } = new();

    internal GrpcChannel Grpc { get; private set; } = GrpcChannel.ForAddress("http://localhost");

    internal static Metadata GrpcKey => new() { { OtlpKeyExtensions.Header, OtlpKey } };

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();

        // In the order in which the receiver adds them.
        var addresses = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address)).ToList();
        (GrpcAddress, HttpAddress) = (addresses[0], addresses[1]);
        Http = new HttpClient { BaseAddress = HttpAddress, DefaultRequestHeaders = { { OtlpKeyExtensions.Header, OtlpKey } } };
        Api = new HttpClient { BaseAddress = HttpAddress, DefaultRequestHeaders = { { "x-api-key", ApiKey } } };
        Grpc = GrpcChannel.ForAddress(GrpcAddress, new GrpcChannelOptions { MaxSendMessageSize = null });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Api.Dispose();
        Grpc.Dispose();
        await _app.DisposeAsync();
    }
}
