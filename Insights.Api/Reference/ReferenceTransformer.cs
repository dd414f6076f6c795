using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dunnhumby.Insights.Api.Reference;

/// <summary>Adds to the document what code alone does not say: the title, the API key, and the answers that all reads share.</summary>
internal sealed class ReferenceTransformer : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string ApiKey = "ApiKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Dunnhumby insights",
            Version = "v1",
            Description =
                """
                Read-only access to the published version of the derived tables. Every answer comes from one version and carries it as its `ETag`
                (`"v123"`): send it back as `If-None-Match` and get 304 until something new is published. Money is in dollars with two decimals,
                averages have six. Errors are problem+json with a stable `type`.
                """,
        };
        // Addresses are relative to where the document was read: it is the same behind any host name.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[ApiKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Api-Key",
            Description = "A key with scope `read`.",
        };
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            return Task.CompletedTask;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKey, context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses.TryAdd("304", new OpenApiResponse { Description = "The version named by If-None-Match is still the current one." });
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No key, or an unknown one." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The key lacks the scope read." });
        operation.Responses.TryAdd("503", new OpenApiResponse { Description = "The database does not answer; Retry-After says when to ask again." });
        return Task.CompletedTask;
    }
}
