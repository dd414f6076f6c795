using System.Text.Json;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Paging;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Dunnhumby.ServiceDefaults.Reference;

/// <summary>
/// Puts an example to every JSON that is sent or answered, written by the same serializer as the answers. A parameter's example is what the answer's example says of it, so that whoever tries
/// the request gets such an answer.
/// </summary>
internal sealed class ExampleTransformer(ApiReference reference, IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var answer in context.Description.SupportedResponseTypes)
        {
            if (operation.Responses is { } responses && responses.TryGetValue($"{answer.StatusCode}", out var response))
            {
                Show(response.Content, answer.Type);
            }
        }

        Show(operation.RequestBody?.Content, context.Description.ParameterDescriptions.FirstOrDefault(parameter => string.Equals(parameter.Source.Id, "Body", StringComparison.Ordinal))?.Type);
        var answered = operation.Responses?.Values.Select(response => response.Content is { } content && content.TryGetValue(Json, out var body) ? body.Example : null).FirstOrDefault(example => example is not null);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Example is null) ?? [])
        {
            parameter.Example = ExampleOf(parameter, answered);
        }

        return Task.CompletedTask;
    }

    private JsonNode? ExampleOf(OpenApiParameter parameter, JsonNode? answered)
    {
        var item = answered is JsonArray list ? list.FirstOrDefault() : (answered as JsonObject)?["items"] is JsonArray page ? page.FirstOrDefault() : answered;
        var value = (item as JsonObject)?[parameter.Name ?? ""] as JsonValue ?? (parameter.Required ? reference.Parameters.GetValueOrDefault(parameter.Name ?? "") as JsonValue : null);
        return value is null ? null : parameter.Schema?.Type?.HasFlag(JsonSchemaType.Array) is true ? new JsonArray(value.DeepClone()) : value.DeepClone();
    }

    private void Show(IDictionary<string, OpenApiMediaType>? content, Type? type)
    {
        if (type is not null && content is not null && content.TryGetValue(Json, out var body) && body.Example is null && Example(type) is { } example)
        {
            body.Example = example;
        }
    }

    private JsonNode? Example(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>))
        {
            return Example(type.GenericTypeArguments[0]) is { } item ? new JsonObject { ["items"] = new JsonArray(item), ["next"] = null } : null;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(RowPage<,>))
        {
            return Example(type.GenericTypeArguments[0]) is { } row && Example(type.GenericTypeArguments[1]) is { } totals
                ? new JsonObject { ["items"] = new JsonArray(row), ["next"] = null, ["totals"] = totals }
                : null;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return Example(type.GenericTypeArguments[0]) is { } item ? new JsonArray(item) : null;
        }

        return reference.Examples.FirstOrDefault(type.IsInstanceOfType) is { } example ? JsonSerializer.SerializeToNode(example, example.GetType(), json.Value.SerializerOptions) : null;
    }
}
