using Dunnhumby.Hosting.Local.Telemetry.Keys;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Lets only requests with the key reach an endpoint; the body of any other is not read.</summary>
internal static class OtlpKeyExtensions
{
    public const string Header = "x-otlp-api-key";
    private const string GrpcContentType = "application/grpc";
    private const string Refusal = "The header " + Header + " does not carry this receiver's key.";

    public static void RequireOtlpKey(this IEndpointConventionBuilder endpoint, IServiceProvider services)
    {
        // Options are read at the first request, when the host has validated them.
        var key = new Lazy<SharedKey>(() => new SharedKey(services.GetRequiredService<IOptions<OtlpReceiverOptions>>().Value.ApiKey));
        endpoint.Add(builder =>
        {
            // The key is what a client has; a host's policy for browsers would send it to a login page.
            builder.Metadata.Add(new AllowAnonymousAttribute());
            var next = builder.RequestDelegate;
            builder.RequestDelegate = context => next is not null && key.Value.Accepts(context.Request.Headers[Header]) ? next(context) : RefuseAsync(context);
        });
    }

    private static Task RefuseAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return OtlpHttpResponse.WriteAsync(context, StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated, Refusal);
        }

        // A gRPC response that consists of trailers only has them among its headers.
        context.Response.ContentType = GrpcContentType;
        context.Response.Headers["grpc-status"] = ((int)StatusCode.Unauthenticated).ToString();
        context.Response.Headers["grpc-message"] = Refusal;
        return Task.CompletedTask;
    }
}
