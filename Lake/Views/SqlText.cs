namespace Dunnhumby.Lake.Views;

/// <summary>Values as literals of DuckDB's SQL, for the places that take no parameters: settings, variables and file lists.</summary>
public static class SqlText
{
    /// <summary>A text in quotes.</summary>
    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list of texts.</summary>
    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Literal))}]";

    /// <summary>A list of numbers.</summary>
    public static string List(IEnumerable<int> values) => $"[{string.Join(", ", values)}]";
}
