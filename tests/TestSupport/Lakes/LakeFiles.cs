using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.TestSupport.Lakes;

/// <summary>Writes Parquet files of a lake with DuckDB, so that a service under test did not write what it reads.</summary>
public static class LakeFiles
{
    /// <summary>It stays: an engine that ends gives back the free memory of the whole process, from which the service under test has its own.</summary>
    private static readonly Lazy<DuckDBConnection> Engine = new(() =>
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    });

    /// <summary>Makes the file of a load from a CSV file with a header line in the original order of columns; blank text is null.</summary>
    /// <param name="root">The lake.</param>
    /// <param name="dataset">Whose rows they are.</param>
    /// <param name="loadId">The load.</param>
    /// <param name="csvPath">The CSV file.</param>
    /// <param name="lines">For each row its line in the file; null for a file from before lines were kept.</param>
    /// <returns>The file's path relative to the lake's root, and its rows.</returns>
    public static (string Path, long Rows) Write(string root, string dataset, long loadId, string csvPath, IReadOnlyList<long>? lines = null)
    {
        var layout = new LakeLayout(root);
        var table = LakeTables.Find(dataset) ?? throw new ArgumentException($"No data set {dataset}.", nameof(dataset));
        var relative = LakeLayout.PartFile(dataset, loadId, 0);
        Directory.CreateDirectory(Path.GetDirectoryName(layout.FullPath(relative)) ?? root);
        var types = string.Join(", ", table.Columns.Select(column => $"'{column.Name}': '{TypeOf(column)}'"));
        var columns = string.Join(", ", table.Columns.Select(column => column.Kind == ColumnKind.Text
            ? $"case when trim({column.Name}) <> '' then {column.Name} end as {column.Name}"
            : column.Name));
        // Rows are read in their order: a list of as many lines stands beside them.
        var line = lines is null ? "" : $", [{string.Join(", ", lines)}][row_number() over ()]::bigint as {LakeLayout.LineColumn}";
        using var connection = Engine.Value.Duplicate();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            copy (select {columns}{line} from read_csv('{csvPath}', header = true, columns = {"{"}{types}{"}"}))
            to '{layout.FullPath(relative)}' (format parquet, compression zstd)
            """;
        return (relative, command.ExecuteNonQuery());
    }

    private static string TypeOf(LakeColumn column) => column.Kind switch
    {
        ColumnKind.Int32 => "INTEGER",
        ColumnKind.Int64 => "BIGINT",
        ColumnKind.Money => "DECIMAL(9,2)",
        _ => "VARCHAR",
    };
}
