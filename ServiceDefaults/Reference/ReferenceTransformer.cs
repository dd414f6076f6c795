using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dunnhumby.ServiceDefaults.Reference;

/// <summary>Adds to the document what code alone does not say: title, licence, tags, keys, and the answers that all endpoints share.</summary>
internal sealed class ReferenceTransformer(ApiReference reference) : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string ApiKey = "ApiKey";
    private const string AccessToken = "AccessToken";
    private const string Rfc = "https://tools.ietf.org/html/rfc9110#section-";

    private static readonly (string Status, string Description)[] Shared =
    [
        ("400", "A parameter is unknown or has a value that cannot be used; the answer names it and what it takes."),
        ("401", "No key or access token, or one that is unknown, wrong or has expired."),
        ("403", "The key lacks the scope, or the person the role."),
        ("429", "The key asks too often; Retry-After says when to ask again."),
        ("503", "The database does not answer, and Retry-After says when to ask again; or what is asked for has never been computed."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = reference.Title,
            Version = "v1",
            Description = reference.Description,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // Addresses are relative to where the document was read: it is the same behind any host name.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = reference.Tags.Select(tag => new OpenApiTag { Name = tag.Key, Description = tag.Value }).ToHashSet();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[ApiKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Api-Key",
            Description = "A key with the scope that the operation names. It may also come as `Authorization: Bearer`.",
        };
        document.Components.SecuritySchemes[AccessToken] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A person's access token of the sign-in provider, where one is set up. Its roles decide: `reader` has the scope read, `loader` ingest and read, `admin` all.",
        };
        foreach (var (policy, scheme) in reference.OtherSchemes)
        {
            document.Components.SecuritySchemes[NameOf(policy)] = scheme;
        }

        return Task.CompletedTask;
    }

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        NameParameters(operation, context.Description);
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        ShareParameters(operation, metadata, context.Document);
        if (metadata.OfType<IAuthorizeData>().LastOrDefault() is not { Policy: var policy })
        {
            return;
        }

        operation.Security = [Requirement(ApiKey), Requirement(AccessToken)];
        if (policy is not null && reference.OtherSchemes.ContainsKey(policy))
        {
            operation.Security.Add(Requirement(NameOf(policy)));
        }

        operation.Responses ??= [];
        await DescribeFormsAsync(operation, context, metadata, cancellationToken);
        if (metadata.OfType<IProducesResponseTypeMetadata>().Any(answer => answer.ContentTypes.Any()))
        {
            operation.Responses.TryAdd("406", new OpenApiResponse { Description = "Accept names none of the media types that are served." });
        }

        if (operation.RequestBody?.Content?.ContainsKey("application/json") is true)
        {
            operation.Responses.TryAdd("415", new OpenApiResponse { Description = "The body is not JSON, or it has a Content-Encoding: JSON is sent as it is." });
        }

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), parameterDescription: null, cancellationToken);
        context.Document?.AddComponent(nameof(ProblemDetails), problem);
        foreach (var (status, description) in Shared)
        {
            operation.Responses.TryAdd(status, new OpenApiResponse { Description = description });
        }

        foreach (var (status, response) in operation.Responses.Where(response => response.Key[0] is '4' or '5'))
        {
            var body = (OpenApiResponse)response;
            body.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document), Example = ExampleOf(status) },
            };
        }

        OpenApiSecurityRequirement Requirement(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
    }

    /// <summary>Of a status with several types the framework describes one; and what is not JSON has not the schema of the JSON.</summary>
    private static async Task DescribeFormsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, CancellationToken cancellationToken)
    {
        foreach (var answers in metadata.OfType<IProducesResponseTypeMetadata>().Where(answer => answer.StatusCode < 300 && answer.Type is not null).GroupBy(answer => answer.StatusCode))
        {
            if (!operation.Responses!.TryGetValue($"{answers.Key}", out var response) || response.Content is not { } content)
            {
                continue;
            }

            var types = answers.Select(answer => answer.Type).OfType<Type>().Distinct().ToList();
            if (types.Count > 1 && content.TryGetValue("application/json", out var body))
            {
                List<IOpenApiSchema> schemas = [];
                foreach (var type in types)
                {
                    schemas.Add(await ReferenceToAsync(type, context, cancellationToken));
                }

                body.Schema = new OpenApiSchema { AnyOf = schemas };
            }

            foreach (var (form, other) in content.Where(form => form.Key is not ("application/json" or "text/event-stream")))
            {
                other.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = form.StartsWith("text/", StringComparison.Ordinal) ? null : "binary" };
            }
        }
    }

    /// <summary>A schema that the document has under a name is referred to, another one is put in.</summary>
    private static async Task<IOpenApiSchema> ReferenceToAsync(Type type, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, parameterDescription: null, cancellationToken);
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(System.Text.Json.JsonSerializerOptions.Web.GetTypeInfo(type));
        if (name is null || context.Document is null)
        {
            return schema;
        }

        context.Document.AddComponent(name, schema);
        return new OpenApiSchemaReference(name, context.Document);
    }

    /// <summary>Names as clients write them, and what a parameter allows.</summary>
    private static void NameParameters(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Query) ?? [])
        {
            var described = description.ParameterDescriptions.FirstOrDefault(one => string.Equals(one.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            parameter.Name = parameter.Name is { Length: > 0 } name ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name) : parameter.Name;
            var allowed = (described?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.GetCustomAttributes(inherit: true).OfType<AllowedValuesAttribute>().FirstOrDefault();
            if (allowed is not null && parameter.Schema is OpenApiSchema schema)
            {
                schema.Enum = [.. allowed.Values.OfType<string>().Select(value => (JsonNode)value)];
            }
        }
    }

    /// <summary>What many operations take alike is described once, and referred to.</summary>
    private static void ShareParameters(OpenApiOperation operation, IList<object> metadata, OpenApiDocument? document)
    {
        foreach (var parameter in metadata.OfType<SharedQueryParameter>())
        {
            document?.AddComponent<IOpenApiParameter>(parameter.Name, new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = parameter.Minimum is { } minimum
                    ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = $"{minimum}" }
                    : new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. parameter.Values.Select(value => (JsonNode)value)] },
            });
            (operation.Parameters ??= []).Add(new OpenApiParameterReference(parameter.Name, document));
        }

        foreach (var others in metadata.OfType<OtherQueryParameters>())
        {
            // Each member of the object is a parameter of its own name, as the specification says of the style form.
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = others.Name,
                In = ParameterLocation.Query,
                Description = others.Description,
                Style = ParameterStyle.Form,
                Explode = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } } },
            });
        }
    }

    private static string NameOf(string policy) => $"{char.ToUpperInvariant(policy[0])}{policy[1..]}Ticket";

    private static JsonObject? ExampleOf(string status) => status switch
    {
        "400" => Problem(400, ProblemTypes.Of("bad-parameter"), "A parameter has a value that cannot be used.", "'abc' does not fit: limit takes a whole number from 1 to 200."),
        "401" => Problem(401, $"{Rfc}15.5.2", "Unauthorized", "Send an API key in the header X-Api-Key."),
        "403" => Problem(403, $"{Rfc}15.5.4", "Forbidden", "This API key lacks the scope that the request needs: use another key."),
        "404" => Problem(404, $"{Rfc}15.5.5", "Not Found", "There is nothing at this address."),
        "406" => Problem(406, ProblemTypes.Of("not-acceptable"), "The answer cannot be given in a form that you accept.", "GET /tables answers with application/json: name it in the header Accept, or leave the header out."),
        "429" => Problem(429, ProblemTypes.Of("too-many-requests"), "Too many requests", "Wait a second and try again."),
        _ => null,
    };

    private static JsonObject Problem(int status, string type, string title, string detail) => new()
    {
        ["type"] = type,
        ["title"] = title,
        ["status"] = status,
        ["detail"] = detail,
        ["instance"] = "/the/address/asked",
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };
}
