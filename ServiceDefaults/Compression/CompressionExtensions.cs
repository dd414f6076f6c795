using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.ServiceDefaults.Compression;

/// <summary>Marks an endpoint whose answers are about a kilobyte: compressing them would cost more than it saves.</summary>
internal sealed class SmallAnswer;

/// <summary>Answers in brotli or gzip for clients that accept them.</summary>
public static class CompressionExtensions
{
    /// <summary>The endpoint answers with a single small thing, which is not compressed.</summary>
    public static TBuilder AnswersAreSmall<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SmallAnswer());

    /// <summary>
    /// Also over HTTPS: to guess a secret from the length of compressed answers (BREACH), an attacker must make the victim's client send requests, and clients of an API with
    /// keys in headers do not ask on behalf of a foreign page. A service with pages for browsers switches this off.
    /// </summary>
    internal static void AddDefaultCompression(this IServiceCollection services)
    {
        services.AddSingleton<ResponseCompressionProvider>();
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, MediaTypeNames.Text.Csv];
        });
    }
}

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
