using Scalar.AspNetCore;

namespace Dunnhumby.Insights.Api.Reference;

/// <summary>The OpenAPI document and the page that shows it: open to everyone, with no key.</summary>
internal static class ReferenceExtensions
{
    internal static void AddReference(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            // HEAD is served wherever GET is; listing it would only repeat every operation.
            options.ShouldInclude = operation => !HttpMethods.IsHead(operation.HttpMethod ?? "");
            options.AddDocumentTransformer<ReferenceTransformer>();
            options.AddOperationTransformer<ReferenceTransformer>();
        });

    internal static void MapReference(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", page => page.WithTitle("Dunnhumby insights").DisableDefaultFonts()).AllowAnonymous();
        app.MapGet("/", () => TypedResults.Redirect("/docs")).AllowAnonymous().ExcludeFromDescription();
    }
}
