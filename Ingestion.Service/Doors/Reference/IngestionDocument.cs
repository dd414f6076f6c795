using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Ingestion.Service.Doors.Resumable;
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

/// <summary>Describes bodies and headers that handlers read from the request by themselves, because files are streamed.</summary>
internal sealed class UploadBodies : IOpenApiOperationTransformer
{
    private static readonly (string Name, bool IsRequired, string Description)[] OfUploads =
    [
        ("Idempotency-Key", false, "Makes the request happen once: sent again with the same key it gets the first answer."),
        ("Content-Digest", false, "The hash of the body as sent, sha-256=:base64:. Another hash refuses the upload."),
        ("Repr-Digest", false, "The hash of the file before any compression, in the same form."),
    ];

    private static readonly (string Name, bool IsRequired, string Description) FileName =
        ("Content-Disposition", false, "Says the file's name, which is shown with the load and with each of its lines: attachment; filename=\"transaction_data.csv\".");

    private static readonly (string Name, bool IsRequired, string Description) Version = (TusHeaders.Resumable, true, "The version of the protocol, 1.0.0.");

    private static readonly Dictionary<string, (string Name, bool IsRequired, string Description)[]> OfProtocol = new(StringComparer.Ordinal)
    {
        ["CreateUpload"] =
        [
            Version,
            (TusHeaders.Length, true, "Bytes of the whole file."),
            (TusHeaders.Metadata, false, "Pairs of a key and a Base64 value, separated by commas: filename, dataset, maxQuarantined, sha256."),
        ],
        ["GetUploadOffset"] = [Version],
        ["AppendToUpload"] =
        [
            Version,
            (TusHeaders.Offset, true, "Where the bytes of this request belong: how many came before."),
            (TusHeaders.Checksum, false, "An algorithm and the Base64 of the hash of this request's bytes."),
        ],
        ["RemoveUpload"] = [Version],
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        switch (operation.OperationId)
        {
            case "UploadFile" or "UploadArchive":
                AddHeaders(operation, OfUploads);
                operation.RequestBody = Body("The file itself.", UploadRequest.ContentTypes);
                if (operation.OperationId is "UploadFile")
                {
                    AddHeaders(operation, [FileName]);
                }

                break;
            case { } id when OfProtocol.TryGetValue(id, out var headers):
                AddHeaders(operation, headers);
                if (id is "AppendToUpload")
                {
                    operation.RequestBody = Body("The next bytes of the file.", [Tus.ContentType]);
                }

                break;
        }

        return Task.CompletedTask;
    }

    private static void AddHeaders(OpenApiOperation operation, (string Name, bool IsRequired, string Description)[] headers)
    {
        operation.Parameters ??= [];
        foreach (var (name, isRequired, description) in headers)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Required = isRequired,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private static OpenApiRequestBody Body(string description, IEnumerable<string> contentTypes) => new()
    {
        Required = true,
        Description = description,
        Content = contentTypes.ToDictionary(
            type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }, StringComparer.Ordinal),
    };
}
