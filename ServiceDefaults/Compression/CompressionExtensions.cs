using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
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
    /// Also over HTTPS: whoever could guess a secret from the length of compressed answers (BREACH) must make its victim's client ask, and clients of an API with
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
