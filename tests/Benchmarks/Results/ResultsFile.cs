using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dunnhumby.Benchmarks.Results;

/// <summary>Reads and writes results.json.</summary>
internal static class ResultsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static void Write(BenchmarkResults results, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        File.WriteAllText(path, JsonSerializer.Serialize(results, Options) + "\n");
    }

    /// <exception cref="InvalidDataException">The file is none, or of another schema.</exception>
    internal static BenchmarkResults Read(string path)
    {
        var results = JsonSerializer.Deserialize<BenchmarkResults>(File.ReadAllText(path), Options) ?? throw new InvalidDataException($"{path} is empty.");
        return results.Schema == BenchmarkResults.CurrentSchema
            ? results
            : throw new InvalidDataException($"{path} has schema {results.Schema}, this program reads {BenchmarkResults.CurrentSchema}: measure again.");
    }
}
