using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dunnhumby.Insights.Api.Reference;

/// <summary>A row of a derived table as JSON: its columns by name. Rows are written straight from the database; this type stands for them in the reference.</summary>
internal sealed class TableRow : Dictionary<string, object?>;

/// <summary>Says what a cell may be: the columns differ from table to table, and <c>GET /tables</c> names them.</summary>
internal sealed class TableRowSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(TableRow) || context.JsonTypeInfo.Type == typeof(JsonObject))
        {
            schema.Description = "A row by the names of its columns, which GET /tables lists.";
            schema.AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Boolean | JsonSchemaType.Null,
                Description = "A number, a text, true or false, or null where the column has no value.",
            };
        }

        return Task.CompletedTask;
    }
}
