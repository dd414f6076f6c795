namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>What paths in an archive say. Archives made on Windows may hold backslashes.</summary>
internal static class EntryNames
{
    private static readonly string[] DataExtensions = [".csv", ".tsv", ".txt.gz", ".csv.gz", ".csv.zst", ".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".parquet", ".xlsx", ".xls"];
    private static readonly string[] Leftovers = [".DS_Store", "Thumbs.db", "desktop.ini", "_SUCCESS"];

    /// <summary>The last part of the path.</summary>
    internal static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>Whether it is one of the files that Spark writes for a table, in a folder of the table's name.</summary>
    internal static bool IsSparkPart(string path) => NameOf(path).StartsWith("part-", StringComparison.OrdinalIgnoreCase);

    internal static bool LooksLikeData(string path) => Array.Exists(DataExtensions, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a desktop, or Spark, left the file behind.</summary>
    internal static bool IsLeftover(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || path.Contains("/__MACOSX/", StringComparison.Ordinal)
        || NameOf(path).StartsWith("._", StringComparison.Ordinal)
        || (NameOf(path).StartsWith('.') && path.EndsWith(".crc", StringComparison.OrdinalIgnoreCase))
        || Array.Exists(Leftovers, leftover => leftover.Equals(NameOf(path), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the path leads out of the folder that it is unpacked into, or could on some system.</summary>
    internal static bool Escapes(string path) =>
        path.Length == 0
        || path[0] is '/' or '\\'
        || path.Contains('\0', StringComparison.Ordinal)
        || (path.Length > 1 && path[1] == ':')
        || path.Split('/', '\\').Contains("..", StringComparer.Ordinal);
}
