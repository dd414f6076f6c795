using System.Text.Json;
using Dunnhumby.Benchmarks.Answers;
using Dunnhumby.Benchmarks.Loading;
using Dunnhumby.Benchmarks.Models;
using Dunnhumby.Benchmarks.Rebuilding;

namespace Dunnhumby.Benchmarks.Peers;

/// <summary>The other side of a comparison, in a process of its own that does nothing else.</summary>
internal static class PeerProgram
{
    internal static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        switch (args)
        {
            case ["duckdb-copy", var csv, var parquet]:
                Report(DuckDbCopy.Run(csv, parquet));
                return 0;
            case ["duckdb-script", var lakeFiles, var exports]:
                Report(DuckDbScript.Run(lakeFiles, exports));
                return 0;
            case ["model-query", var lakeFiles, var model]:
                Report(ModelScript.Run(lakeFiles, model));
                return 0;
            case ["minimal-api", var address, var warehouse, var schema]:
                await MinimalApi.RunAsync(address, warehouse, schema, cancellationToken);
                return 0;
            default:
                await Console.Error.WriteLineAsync("There is no such peer.");
                return 2;
        }
    }

    private static void Report(PeerResult result) => Console.WriteLine(JsonSerializer.Serialize(result));
}
