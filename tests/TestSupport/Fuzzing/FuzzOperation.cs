using System.Globalization;
using System.Text.Json.Nodes;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>One method of one address, with what its reference says about it.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">The address with its parameters in braces.</param>
/// <param name="Parameters">Those of path, query and headers.</param>
/// <param name="Example">The example of a JSON body; null when the operation takes none.</param>
/// <param name="FileTypes">The media types of a body that is a file; empty when the operation takes none.</param>
public sealed record FuzzOperation(string Method, string Path, IReadOnlyList<FuzzParameter> Parameters, string? Example, IReadOnlyList<string> FileTypes)
{
    private const string Json = "application/json";

    private static readonly string[] Numbers = ["1", "2", "3", "10", "50"];

    /// <summary>Good bodies, of operations that take a file.</summary>
    public IReadOnlyList<byte[]> Files { get; init; } = ["a,b\n1,2\n"u8.ToArray()];

    /// <summary>Every operation of an OpenAPI document.</summary>
    public static IReadOnlyList<FuzzOperation> Read(string document)
    {
        var root = Object(JsonNode.Parse(document));
        return
        [
            .. from path in Object(root["paths"])
               from operation in Object(path.Value)
               select Read(operation.Key.ToUpperInvariant(), path.Key, Object(operation.Value), root),
        ];
    }

    /// <summary>What a node of a document refers to; the node itself when it refers to nothing.</summary>
    public static JsonObject Resolved(JsonNode? node, JsonObject root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Object(node)["$ref"] is { } reference
            ? Object(reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate<string, JsonNode?>(root, (at, member) => at?[member]))
            : Object(node);
    }

    /// <summary>Gives a parameter values that the service knows, on the operations that have it.</summary>
    public FuzzOperation With(string parameter, params IReadOnlyList<string> values) =>
        this with { Parameters = [.. Parameters.Select(known => string.Equals(known.Name, parameter, StringComparison.Ordinal) ? known with { Values = values } : known)] };

    public override string ToString() => $"{Method} {Path}";

    private static FuzzOperation Read(string method, string path, JsonObject operation, JsonObject root)
    {
        var bodies = Object(operation["requestBody"]?["content"]);
        return new FuzzOperation(
            method,
            path,
            [.. operation["parameters"]?.AsArray().Select(parameter => Parameter(Resolved(parameter, root))) ?? []],
            bodies[Json]?["example"]?.ToJsonString(),
            [.. bodies.Select(body => body.Key).Where(type => !string.Equals(type, Json, StringComparison.Ordinal))]);
    }

    private static FuzzParameter Parameter(JsonObject parameter) => new(
        $"{parameter["name"]}", $"{parameter["in"]}", parameter["required"] is { } required && required.GetValue<bool>(), Values(Object(parameter["schema"])));

    private static IReadOnlyList<string> Values(JsonObject schema) => schema switch
    {
        _ when schema["enum"] is JsonArray values => [.. values.Select(value => $"{value}")],
        _ when schema["items"] is JsonObject items => Values(items),
        _ => string.Create(CultureInfo.InvariantCulture, $"{schema["type"]}") switch
        {
            "boolean" => ["true", "false"],
            "integer" => [.. Numbers, .. new[] { schema["minimum"], schema["maximum"] }.OfType<JsonNode>().Select(end => $"{end}")],
            _ => [],
        },
    };

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? [];
}

/// <param name="Name">As clients write it.</param>
/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
/// <param name="Values">Some that fit; may be empty.</param>
public sealed record FuzzParameter(string Name, string In, bool IsRequired, IReadOnlyList<string> Values);
