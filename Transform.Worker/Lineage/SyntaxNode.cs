using System.Text.Json;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>Reads the nodes of DuckDB's syntax tree; what a node does not have is empty.</summary>
internal static class SyntaxNode
{
    internal static string Text(this JsonElement node, string name) =>
        node.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() ?? "" : "";

    internal static bool Flag(this JsonElement node, string name) => node.TryGetProperty(name, out var flag) && flag.ValueKind is JsonValueKind.True;

    /// <summary>A node within; one without properties when it is not there.</summary>
    internal static JsonElement Node(this JsonElement node, string name) =>
        node.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.Object ? part : default;

    internal static bool Exists(this JsonElement node) => node.ValueKind is JsonValueKind.Object;

    internal static IEnumerable<JsonElement> Nodes(this JsonElement node, string name) =>
        node.ValueKind is JsonValueKind.Object && node.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : [];

    internal static IReadOnlyList<string> Texts(this JsonElement node, string name) =>
        [.. node.Nodes(name).Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString() ?? "")];

    /// <summary>The name under which the select list shows an expression; empty when it has none.</summary>
    internal static string ShownName(this JsonElement expression) => expression.Text("alias") is { Length: > 0 } alias
        ? alias
        : expression.Text("class") is "COLUMN_REF" ? expression.Texts("column_names")[^1] : "";

    /// <summary>The value of a constant as text; empty for anything else.</summary>
    internal static string Constant(this JsonElement expression) =>
        expression.Text("class") is "CONSTANT" && expression.Node("value") is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("value", out var constant)
            ? constant.ToString()
            : "";
}
