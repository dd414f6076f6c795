using System.Globalization;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Peers;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Npgsql;

namespace Dunnhumby.Benchmarks.Rebuilding;

/// <summary>S3: every model that is made with every load, from the lake, tested and published, against one DuckDB script that computes the same tables.</summary>
internal sealed class FullRebuild : IScenario
{
    private const double Bar = 1.3;
    private const string Roomy = "1GB";
    private const string Narrow = "512MB";
    private const double RoomyBar = 1_500;
    private const string Worker = "Transform.Worker";
    private const string MemorySetting = "Transform__MemoryLimit";

    public string Id => "S3";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var full = await workbench.FullStackAsync(scale, cancellationToken);
        var exports = Directory.CreateDirectory(Path.Combine(full.Stack.Folder, "peer-tables")).FullName;
        var files = Path.Combine(full.Stack.Folder, "lake-files.json");
        await LakeFiles.WriteAsync(full.Stack, files, cancellationToken);
        var peerPeak = 0L;
        var (ours, peer) = await Turns.TakeAsync(
            workbench.Settings.Runs,
            _ => Task.CompletedTask,
            _ => RebuildAsync(full.Stack, cancellationToken),
            async _ =>
            {
                var result = await PeerProcess.RunAsync(["duckdb-script", files, exports], cancellationToken);
                peerPeak = Math.Max(peerPeak, result.PeakBytes);
                return result.Seconds;
            },
            cancellationToken);
        var difference = await CompareAsync(full.Stack, exports, cancellationToken);
        var roomy = await RebuildWithinAsync(full.Stack, Roomy, cancellationToken);
        var narrow = await RebuildWithinAsync(full.Stack, Narrow, cancellationToken);
        await full.Stack.RestartAsync(Worker, new Dictionary<string, string?>(StringComparer.Ordinal), cancellationToken);

        return new ScenarioResult(
            Id,
            $"full rebuild of every model from the lake, published ({full.Lines:#,0} lines)",
            [
                new Measure(
                    "transform run",
                    Measure.Seconds,
                    "from the moment the worker takes the run to the committed new version: reading the catalog, all models, all data tests, tables with keys and indexes in Postgres",
                    "waiting for further loads to join the run (the gathering window); writing the tables to the worker's cache, which comes after the version",
                    ours,
                    Rows: full.Lines),
                new Measure(
                    "one DuckDB script",
                    Measure.Seconds,
                    "the script, from Parquet files to tables in memory, in a process of its own, with DuckDB's defaults (all cores)",
                    "starting the process; no data tests, no notices, nothing published; asking the catalog for the files",
                    peer,
                    peerPeak,
                    full.Lines),
            ],
            [
                Verdict.AtMost("time against the script", Statistics.Median(ours) / Statistics.Median(peer), Bar, Verdict.Ratio),
                Verdict.Must("both sides computed the same tables, row for row", difference is null),
                Verdict.AtMost($"peak of the worker's resident memory with Transform:MemoryLimit={Roomy}", roomy.PeakMegabytes, RoomyBar, Verdict.Megabytes),
                Verdict.Must($"ends with Transform:MemoryLimit={Narrow}", narrow.Seconds > 0),
            ],
            [
                .. difference is null ? Array.Empty<string>() : [$"The first difference (ours / the script's): {difference}."],
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"In a worker of its own, started for it: {roomy.Seconds:0.0} s and {roomy.PeakMegabytes:0} MB with {Roomy}, {narrow.Seconds:0.0} s and {narrow.PeakMegabytes:0} MB with {Narrow}."),
            ],
            [load, LoadAverage.Read()[0]]);
    }

    /// <summary>Rebuilds in a worker whose engine has so much memory.</summary>
    private static async Task<(double Seconds, double PeakMegabytes)> RebuildWithinAsync(BenchmarkStack stack, string limit, CancellationToken cancellationToken)
    {
        await stack.RestartAsync(Worker, new Dictionary<string, string?>(StringComparer.Ordinal) { [MemorySetting] = limit }, cancellationToken);
        var seconds = await RebuildAsync(stack, cancellationToken);
        return (seconds, ProcessMemory.Peak(stack.Worker.Id) / 1e6);
    }

    /// <summary>Asks for a run that carries nothing over, as <c>POST /runs?scheduled=false</c> does, and waits for its end.</summary>
    private static async Task<double> RebuildAsync(BenchmarkStack stack, CancellationToken cancellationToken)
    {
        var (id, state, seconds) = await RunWatch.RunAsync(stack, "rebuild without tables on schedule, asked for by hand", model: null, cancellationToken);
        return state is "published" ? seconds : throw new InvalidOperationException($"The run {id} published nothing.");
    }

    /// <summary>The first difference between the published tables and the script's; null when there is none.</summary>
    private static async Task<string?> CompareAsync(BenchmarkStack stack, string exports, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(stack.Warehouse);
        await connection.OpenAsync(cancellationToken);
        var published = await stack.QueryAsync(
            "select string_agg(name, ', ' order by name) from insights.version_tables where version = (select max(version) from insights.versions) and computed_version = version", cancellationToken);
        var computed = string.Join(", ", DuckDbScript.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        if (!string.Equals(published as string, computed, StringComparison.Ordinal))
        {
            return $"the tables are {published} / {computed}";
        }

        foreach (var (name, key) in DuckDbScript.Tables)
        {
            var ours = Path.Combine(exports, name + ".ours");
            await using (var command = new NpgsqlCommand($"select * from insights.{name} order by {key}", connection))
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                TableText.Write(reader, ours);
            }

            if (TableText.FirstDifference(ours, Path.Combine(exports, name)) is { } difference)
            {
                return $"{name}, {difference}";
            }
        }

        return null;
    }
}
