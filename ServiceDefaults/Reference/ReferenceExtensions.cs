using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Dunnhumby.ServiceDefaults.Reference;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and the page that shows it at <c>/docs</c>: open to everyone, with no key.</summary>
public static class ReferenceExtensions
{
    /// <summary>Completes the document of a service that calls <c>AddOpenApi()</c> itself, as the generator of descriptions needs.</summary>
    public static void AddReference(this IServiceCollection services, ApiReference reference)
    {
        services.AddSingleton(reference);
        services.ConfigureAll<OpenApiOptions>(options =>
        {
            // HEAD is served wherever GET is; listing it would only repeat every operation. HEAD alone, as of resumable uploads, has a description of its own.
            options.ShouldInclude = operation => !HttpMethods.IsHead(operation.HttpMethod ?? "") || !operation.ActionDescriptor.EndpointMetadata
                .OfType<HttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal));
            options.CreateSchemaReferenceId = type => ProblemSchemas.IsStored(type.Type) ? ProblemSchemas.Stored : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddSchemaTransformer<ProblemSchemas>();
            options.AddSchemaTransformer(NameDecimals);
            options.AddDocumentTransformer<ReferenceTransformer>();
            options.AddOperationTransformer<ReferenceTransformer>();
            options.AddOperationTransformer<ExampleTransformer>();
        });
    }

    /// <summary>Maps both, and leads there from the root.</summary>
    public static void MapReference(this WebApplication app)
    {
        var reference = app.Services.GetRequiredService<ApiReference>();
        app.MapOpenApi().AllowAnonymous();
        // The page is for reading and trying out: nothing of it leads to its maker or asks another host.
        app.MapScalarApiReference("/docs", page => page
            .WithTitle(reference.Title)
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools()
            .WithCustomCss("a[href*='scalar.com'] { display: none !important; }")).AllowAnonymous();
        app.MapGet("/", () => TypedResults.Redirect("/docs")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>
    /// An amount is a decimal with as many digits as it has, of which <c>double</c>, the framework's word for it, would promise that it is rounded to a binary
    /// fraction. <c>decimal</c> is from the OpenAPI Initiative's registry of formats; a generator that does not know it takes a plain number.
    /// </summary>
    private static Task NameDecimals(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(decimal))
        {
            schema.Format = "decimal";
        }

        return Task.CompletedTask;
    }
}
