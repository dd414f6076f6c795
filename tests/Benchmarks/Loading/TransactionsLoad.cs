using Dunnhumby.Benchmarks.Journeys;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Benchmarks.Loading;

/// <summary>S1: all transactions in one upload, against <c>psql \copy</c> of the same file.</summary>
internal sealed class TransactionsLoad : IScenario
{
    private const double Bar = 0.4;

    public string Id => "S1";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var source = await workbench.Journeys.FileAsync(DatasetNames.Transactions, scale, days: null, cancellationToken);
        await using var stack = await BenchmarkStack.StartAsync(["Ingestion.Service"], cancellationToken);
        using var client = new StackClient(stack.Ingestion.Address);
        using var file = ChangingFile.CopyOf(source, stack.Folder);
        var (peak, rows, peerRows) = (0L, 0L, 0L);
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
                var (loaded, seconds) = await client.UploadAsync(DatasetNames.Transactions, file.Path, cancellationToken);
                peak = Math.Max(peak, ProcessMemory.Peak(stack.Ingestion.Id));
                rows = loaded.Loaded;
                return seconds;
            },
            async _ =>
            {
                var seconds = await PostgresCopy.RunAsync(stack, file.Path, cancellationToken);
                peerRows = await PostgresCopy.RowsAsync(stack, cancellationToken);
                return seconds;
            },
            cancellationToken);

        return new ScenarioResult(
            Id,
            $"transactions: upload → load completed ({rows:#,0} rows, {file.Length / 1e6:0} MB)",
            [
                new Measure(
                    "upload over HTTP",
                    Measure.Seconds,
                    "HTTP with an API key, SHA-256, parsing, every check of the contract, Parquet written and flushed to disk, catalog committed",
                    "starting the service; telemetry export is off; the file is in the page cache",
                    ours,
                    peak,
                    rows),
                new Measure(
                    @"psql \copy",
                    Measure.Seconds,
                    "the psql process from start to end, one transaction, write-ahead log flushed to disk (fsync on, otherwise the server's defaults)",
                    "making the empty table; no key, no index, no check of values; the file is in the page cache",
                    peer,
                    Rows: peerRows),
            ],
            [
                Verdict.AtMost(@"time against psql \copy", Statistics.Median(ours) / Statistics.Median(peer), Bar, Verdict.Ratio),
                Verdict.Must("both sides have the same number of rows", rows == peerRows),
            ],
            [],
            [load, LoadAverage.Read()[0]]);
    }
}
