using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;

namespace Dunnhumby.ServiceDefaults.Compression;

/// <summary>The framework's choice of an encoding, with two rules of ours: small answers go as they are, and a compressed answer has a weak tag.</summary>
internal sealed class AnswerCompression(ResponseCompressionProvider framework) : IResponseCompressionProvider
{
    public bool CheckRequestAcceptsCompression(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<SmallAnswer>() is null && framework.CheckRequestAcceptsCompression(context);

    public bool ShouldCompressResponse(HttpContext context) => framework.ShouldCompressResponse(context);

    public ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        var provider = framework.GetCompressionProvider(context);
        // A strong tag names one sequence of bytes (RFC 9110, 8.8.1), and these are others than those of the same answer uncompressed.
        if (provider is not null && context.Response.Headers.ETag.ToString() is ['"', ..] strong)
        {
            context.Response.Headers.ETag = $"W/{strong}";
        }

        return provider;
    }
}
