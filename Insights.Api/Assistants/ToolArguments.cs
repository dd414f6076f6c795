using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Dunnhumby.Insights.Api.Assistants;

/// <summary>Refuses a call whose arguments a tool does not have or cannot read: a misspelt filter would show everything as if it were filtered.</summary>
internal static class ToolArguments
{
    /// <summary>What is wrong with the arguments of a call; null when nothing is.</summary>
    internal static CallToolResult? Refusal(RequestContext<CallToolRequestParams> call)
    {
        if (call.MatchedPrimitive is not McpServerTool { ProtocolTool: var tool } || !tool.InputSchema.TryGetProperty("properties", out var properties))
        {
            return null;
        }

        var given = call.Params?.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        string[] known = [.. properties.EnumerateObject().Select(property => property.Name)];
        if (given.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            return AssistantAnswers.Refused($"{tool.Name} has no argument '{unknown}'. It takes {string.Join(", ", known)}.");
        }

        if (tool.InputSchema.TryGetProperty("required", out var required) && required.EnumerateArray().Select(name => name.GetString() ?? "").FirstOrDefault(name => !given.ContainsKey(name)) is { } missing)
        {
            return AssistantAnswers.Refused($"{tool.Name} needs the argument {missing}.");
        }

        foreach (var (name, value) in given)
        {
            var types = Types(properties.GetProperty(name));
            if (types.Length > 0 && !types.Any(type => Fits(value, type)))
            {
                return AssistantAnswers.Refused($"{name} of {tool.Name} takes {string.Join(" or ", types.Select(Words))}.");
            }

            if (value.ValueKind is JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
            {
                return AssistantAnswers.Refused($"{name} of {tool.Name} takes a list of texts.");
            }
        }

        return null;
    }

    /// <summary>None when the schema allows any.</summary>
    private static string[] Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind is JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString() ?? "")]
        : [type.GetString() ?? ""];

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out _),
        "string" => value.ValueKind is JsonValueKind.String && !value.GetString()!.Contains('\0', StringComparison.Ordinal), // A text.
        "array" => value.ValueKind is JsonValueKind.Array,
        "object" => value.ValueKind is JsonValueKind.Object,
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => true,
    };

    private static string Words(string type) => type switch
    {
        "integer" => "a whole number",
        "string" => "a text",
        "array" => "a list of texts",
        "object" => "an object",
        _ => type,
    };
}
