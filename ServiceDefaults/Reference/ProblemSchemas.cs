using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dunnhumby.ServiceDefaults.Reference;

/// <summary>Describes problems as they are written: with the trace id, and with what some of them add.</summary>
internal sealed class ProblemSchemas : IOpenApiSchemaTransformer
{
    /// <summary>The name of a problem that was stored with what it belongs to, and is answered as it was.</summary>
    internal const string Stored = "StoredProblem";

    internal static bool IsStored(Type type) => type == typeof(JsonElement) || type == typeof(JsonElement?);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ProblemDetails) || type == typeof(HttpValidationProblemDetails) || IsStored(type))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "What went wrong (RFC 9457). Some problems add members, such as the batch that was not loaded whole.";
            schema.AdditionalPropertiesAllowed = true;
            schema.Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status" };
            schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text("A stable name of the kind of problem."),
                ["title"] = Text("The kind in one line."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
                ["detail"] = Text("What happened, and what to do next."),
                ["instance"] = Text("The address asked."),
                ["traceId"] = Text("To find the request in the traces and logs."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "Per parameter what is wrong with it.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
