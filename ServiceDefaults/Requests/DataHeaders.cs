using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>Headers that keep answers from being taken for something else, and from lying about in caches.</summary>
internal static class DataHeaders
{
    /// <summary>Sniffing is off everywhere. What needs a key is not stored on its way; a client keeps what it wants itself, and asks with <c>If-None-Match</c>.</summary>
    internal static void UseDataHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.OnStarting(
            static state =>
            {
                var answered = (HttpContext)state;
                if (answered.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null)
                {
                    answered.Response.Headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            context);
        return next(context);
    });
}
