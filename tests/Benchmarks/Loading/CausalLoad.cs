using Dunnhumby.Benchmarks.Journeys;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Peers;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Benchmarks.Loading;

/// <summary>S2: the promotion rows in one upload, against DuckDB's own CSV to Parquet; then ten uploads at once, for their memory.</summary>
internal sealed class CausalLoad : IScenario
{
    private const double Bar = 1.0;
    private const double PeakBar = 400;
    private const double PeakAtOnceBar = 1_000;
    private const int AtOnce = 10;
    private const double Megabyte = 1e6;

    public string Id => "S2";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var source = await workbench.Journeys.FileAsync(DatasetNames.Causal, scale, days: null, cancellationToken);
        await using var stack = await BenchmarkStack.StartAsync(["Ingestion.Service"], cancellationToken);
        using var client = new StackClient(stack.Ingestion.Address);
        using var file = ChangingFile.CopyOf(source, stack.Folder);
        var parquet = Path.Combine(stack.Folder, "peer.parquet");
        var (peak, peerPeak, rows, bytes, peerBytes) = (0L, 0L, 0L, 0L, 0L);
        var (ours, peer) = await Turns.TakeAsync(
            workbench.Settings.Runs,
            run =>
            {
                file.Change(run);
                return Task.CompletedTask;
            },
            async _ =>
            {
                ProcessMemory.ResetPeak(stack.Ingestion.Id);
                var (loaded, seconds) = await client.UploadAsync(DatasetNames.Causal, file.Path, cancellationToken);
                peak = Math.Max(peak, ProcessMemory.Peak(stack.Ingestion.Id));
                rows = loaded.Loaded;
                bytes = LakeBytes(stack, loaded.Id);
                return seconds;
            },
            async _ =>
            {
                File.Delete(parquet);
                var result = await PeerProcess.RunAsync(["duckdb-copy", file.Path, parquet], cancellationToken);
                peerPeak = Math.Max(peerPeak, result.PeakBytes);
                peerBytes = new FileInfo(parquet).Length;
                return result.Seconds;
            },
            cancellationToken);
        var peerRows = Workbench.RowsOfParquet(parquet);
        var peakAtOnce = await PeakAtOnceAsync(workbench, scale, stack, client, source, cancellationToken);

        return new ScenarioResult(
            Id,
            $"promotion rows: upload → load completed ({rows:#,0} rows, {file.Length / Megabyte:0} MB)",
            [
                new Measure(
                    "upload over HTTP",
                    Measure.Seconds,
                    "HTTP with an API key, SHA-256, parsing, every check of the contract, no key twice, Parquet (zstd) written and flushed to disk, catalog committed",
                    "starting the service; telemetry export is off; the file is in the page cache",
                    ours,
                    peak,
                    rows),
                new Measure(
                    "DuckDB COPY (FROM read_csv) TO Parquet (zstd)",
                    Measure.Seconds,
                    "the COPY statement, in a process of its own, with DuckDB's defaults (all cores)",
                    "starting the process and opening the database; no hash, no check of values or keys, no flush to disk; the file is in the page cache",
                    peer,
                    peerPeak,
                    peerRows),
            ],
            [
                Verdict.AtMost("time against DuckDB", Statistics.Median(ours) / Statistics.Median(peer), Bar, Verdict.Ratio),
                Verdict.AtMost("peak memory of the service", peak / Megabyte, PeakBar, Verdict.Megabytes),
                Verdict.AtMost($"peak memory of the service with {AtOnce} uploads at once (five of transactions, five of promotion rows)", peakAtOnce / Megabyte, PeakAtOnceBar, Verdict.Megabytes),
                Verdict.Must("both sides have the same number of rows", rows == peerRows),
            ],
            [$"On disk: {bytes / Megabyte:0} MB of ours, {peerBytes / Megabyte:0} MB of DuckDB's."],
            [load, LoadAverage.Read()[0]]);
    }

    private static long LakeBytes(BenchmarkStack stack, long load) =>
        new DirectoryInfo(Path.Combine(stack.Lake, DatasetNames.Causal, $"load={load}")).EnumerateFiles().Sum(file => file.Length);

    /// <summary>Five transaction and five causal files at once, each with content of its own.</summary>
    private static async Task<long> PeakAtOnceAsync(
        Workbench workbench, double scale, BenchmarkStack stack, StackClient client, string causal, CancellationToken cancellationToken)
    {
        var transactions = await workbench.Journeys.FileAsync(DatasetNames.Transactions, scale, days: null, cancellationToken);
        var copies = Enumerable.Range(0, AtOnce).Select(index =>
        {
            var (dataset, source) = index % 2 == 0 ? (DatasetNames.Transactions, transactions) : (DatasetNames.Causal, causal);
            var copy = ChangingFile.CopyOf(source, Directory.CreateDirectory(Path.Combine(stack.Folder, $"at-once-{index}")).FullName);
            copy.Change(workbench.Settings.Runs + 1 + index);
            return (Dataset: dataset, File: copy);
        }).ToList();
        ProcessMemory.ResetPeak(stack.Ingestion.Id);
        await Task.WhenAll(copies.Select(copy => client.UploadAsync(copy.Dataset, copy.File.Path, cancellationToken)));
        foreach (var copy in copies)
        {
            copy.File.Dispose();
        }

        return ProcessMemory.Peak(stack.Ingestion.Id);
    }
}
