using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Ingestion.Service.Archives;

/// <summary>What paths in an archive say. Archives made on Windows may hold backslashes.</summary>
internal static class EntryNames
{
    private static readonly string[] Compressions = [".gz", ".zst"];
    private static readonly string[] DataExtensions = [".csv", ".tsv", ".txt.gz", ".csv.gz", ".csv.zst", ".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".parquet", ".xlsx", ".xls"];
    private static readonly string[] Leftovers = [".DS_Store", "Thumbs.db", "desktop.ini"];

    /// <summary>The last part of the path.</summary>
    internal static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>The data set whose file this is, in any folder, case ignored: <c>data/PRODUCT.csv.gz</c> is product. Null when it is none of the eight.</summary>
    internal static string? DatasetOf(string path)
    {
        var name = NameOf(path);
        foreach (var compression in Compressions)
        {
            name = name.EndsWith(compression, StringComparison.OrdinalIgnoreCase) ? name[..^compression.Length] : name;
        }

        return name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? DatasetNames.All.FirstOrDefault(dataset => dataset.Equals(name[..^".csv".Length], StringComparison.OrdinalIgnoreCase))
            : null;
    }

    internal static bool LooksLikeData(string path) => Array.Exists(DataExtensions, extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a desktop left the file behind when it packed the archive.</summary>
    internal static bool IsLeftover(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || path.Contains("/__MACOSX/", StringComparison.Ordinal)
        || NameOf(path).StartsWith("._", StringComparison.Ordinal)
        || Array.Exists(Leftovers, leftover => leftover.Equals(NameOf(path), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the path leads out of the folder that it is unpacked into, or could on some system.</summary>
    internal static bool Escapes(string path) =>
        path.Length == 0
        || path[0] is '/' or '\\'
        || path.Contains('\0', StringComparison.Ordinal)
        || (path.Length > 1 && path[1] == ':')
        || path.Split('/', '\\').Contains("..", StringComparer.Ordinal);
}
