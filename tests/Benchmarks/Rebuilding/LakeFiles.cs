using System.Text.Json;
using Dunnhumby.Benchmarks.Stack;
using Npgsql;

namespace Dunnhumby.Benchmarks.Rebuilding;

/// <summary>The lake's files as the catalog lists them, by data set, handed to the peer as a JSON file.</summary>
internal static class LakeFiles
{
    internal static async Task WriteAsync(BenchmarkStack stack, string path, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        await using var connection = new NpgsqlConnection(stack.Warehouse);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "select dataset, path from catalog.lake_files join catalog.loads on loads.id = lake_files.load_id where state = 'completed' order by 1, 2", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!files.TryGetValue(reader.GetString(0), out var paths))
            {
                files.Add(reader.GetString(0), paths = []);
            }

            paths.Add(Path.Combine(stack.Lake, reader.GetString(1)));
        }

        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(files), cancellationToken);
    }
}
