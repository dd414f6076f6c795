using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Datasets;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dunnhumby.Ingestion.Service.Doors.Reference;

/// <summary>What of the document only this service has to put right.</summary>
internal sealed class IngestionDocument : IOpenApiDocumentTransformer
{
    private const string UploadPath = "/loads/{dataset}";
    private const string LoadPath = "/loads/{id}";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        // POST names a data set where GET and DELETE name a load. In a document these are the same path, whatever the name in the braces.
        if (document.Paths.Remove(UploadPath, out var upload) && document.Paths.TryGetValue(LoadPath, out var load))
        {
            foreach (var (method, operation) in upload.Operations ?? [])
            {
                load.Operations?.Add(method, operation);
                foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Path) ?? [])
                {
                    parameter.Name = "id";
                    parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. DatasetNames.All.Select(name => (JsonNode)name)] };
                }
            }
        }

        return Task.CompletedTask;
    }
}
