using System.Text.Json.Nodes;
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
    /// <summary>The page's own settings and styles are written into it.</summary>
    private const string PagePolicy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
            .WithCustomCss("a[href*='scalar.com'] { display: none !important; }")).AllowAnonymous().Add(AskNoOtherHost);
        app.MapGet("/", () => TypedResults.Redirect("/docs")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The browser holds the page to it: what it loads and asks is this service's, and no other page shows it as its own.</summary>
    private static void AskNoOtherHost(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } answer)
        {
            return;
        }

        endpoint.RequestDelegate = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return answer(context);
        };
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

/// <summary>What a service's reference says that its code does not.</summary>
public sealed class ApiReference
{
    /// <summary>Of the document and of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>Every tag that endpoints have, with what they are about, in the order of the page.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>One instance of each type that is answered or sent: lists and pages of it are made from it.</summary>
    public required IReadOnlyList<object> Examples { get; init; }

    /// <summary>Examples of parameters that a request needs and no answer has a member for, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Parameters { get; init; } = new Dictionary<string, JsonNode>(StringComparer.Ordinal);

    /// <summary>Besides the API key: the scheme that a policy takes as well, by the policy's name.</summary>
    public IReadOnlyDictionary<string, OpenApiSecurityScheme> OtherSchemes { get; init; } = new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal);
}
