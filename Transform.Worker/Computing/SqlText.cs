namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>Values as literals of DuckDB's SQL, for the places that take no parameters: settings, variables and file lists.</summary>
internal static class SqlText
{
    internal static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    internal static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Literal))}]";

    internal static string List(IEnumerable<int> values) => $"[{string.Join(", ", values)}]";
}
