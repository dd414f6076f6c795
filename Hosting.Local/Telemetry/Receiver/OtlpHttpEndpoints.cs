using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>OTLP/HTTP with protobuf or JSON bodies, plain or gzipped.</summary>
internal static class OtlpHttpEndpoints
{
    public static void MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        endpoints.Map("/v1/traces", ExportTraceServiceRequest.Parser, static (ingest, request) => ingest.Export(request));
        endpoints.Map("/v1/logs", ExportLogsServiceRequest.Parser, static (ingest, request) => ingest.Export(request));
        endpoints.Map("/v1/metrics", ExportMetricsServiceRequest.Parser, static (ingest, request) => ingest.Export(request));
    }

    private static void Map<TRequest>(this IEndpointRouteBuilder endpoints, string pattern, MessageParser<TRequest> parser, Func<OtlpIngest, TRequest, IMessage> export)
        where TRequest : IMessage<TRequest>, new()
    {
        var ingest = endpoints.ServiceProvider.GetRequiredService<OtlpIngest>();
        var forgiving = parser.WithDiscardUnknownFields(discardUnknownFields: true);
        endpoints.MapPost(pattern, (RequestDelegate)(context => HandleAsync(context, forgiving, request => export(ingest, request)))).RequireOtlpKey(endpoints.ServiceProvider);
    }

    private static async Task HandleAsync<TRequest>(HttpContext context, MessageParser<TRequest> parser, Func<TRequest, IMessage> export)
        where TRequest : IMessage<TRequest>, new()
    {
        try
        {
            var limit = context.RequestServices.GetRequiredService<IOptions<OtlpReceiverOptions>>().Value.MaxRequestBytes;
            var request = await OtlpHttpBody.ReadAsync(context.Request, parser, limit, context.RequestAborted);
            await OtlpHttpResponse.WriteAsync(context, StatusCodes.Status200OK, export(request));
        }
        catch (OtlpRequestException refused)
        {
            await OtlpHttpResponse.WriteAsync(context, refused.HttpStatus, refused.Status, refused.Message);
        }
    }
}
