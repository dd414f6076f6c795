using System.Globalization;
using System.Text.Json.Nodes;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Benchmarks.Answers;

/// <summary>S5: a household, a product, a campaign and a few rows of a table under 64 connections, each against a minimal API over raw Npgsql.</summary>
internal sealed class AnswerRates : IScenario
{
    private const int Connections = 64;
    private const int PoolSize = 24;
    private const int Known = 500;
    private const double Bar = 0.9;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    /// <summary>Addresses, and the query of the keys that stand in them.</summary>
    private static readonly IReadOnlyList<(string Name, string Address, string Keys)> Asked =
    [
        ("household", "/households/{0}", $"select array(select household_key from insights.household_summary order by household_key limit {Known})"),
        ("product", "/products/{0}", $"select array(select product_id from insights.product_summary order by md5(product_id::text) limit {Known})"),
        ("campaign", "/campaigns/{0}", "select array(select campaign from insights.campaign_summary order by campaign)"),
        ("week of a table", "/tables/daily_sales?from={0}&to={1}", "select array(select day from insights.daily_sales order by day)"),
    ];

    public string Id => "S5";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var stack = (await workbench.FullStackAsync(scale, cancellationToken)).Stack;
        await using var peer = await StartPeerAsync(stack, cancellationToken);
        List<Measure> sides = [];
        List<Verdict> verdicts = [];
        foreach (var (name, address, query) in Asked)
        {
            var keys = await stack.QueryAsync(query, cancellationToken) as int[] ?? [];
            // Of a table seven days; what an address has no place for is not used.
            var paths = keys.Select(key => string.Format(CultureInfo.InvariantCulture, address, key, key + 6)).ToList();
            var ours = new LoadGenerator(stack.Insights.Address, BenchmarkStack.ReadKey, paths);
            var theirs = new LoadGenerator(peer.Address, key: null, paths);
            var (peak, peerPeak) = (0L, 0L);
            var (ourRates, peerRates) = await Turns.TakeAsync(
                workbench.Settings.Runs,
                _ => Task.CompletedTask,
                async _ =>
                {
                    ProcessMemory.ResetPeak(stack.Insights.Id);
                    var rate = await ours.RunAsync(Connections, Duration, cancellationToken);
                    peak = Math.Max(peak, ProcessMemory.Peak(stack.Insights.Id));
                    return rate;
                },
                async _ =>
                {
                    ProcessMemory.ResetPeak(peer.Id);
                    var rate = await theirs.RunAsync(Connections, Duration, cancellationToken);
                    peerPeak = Math.Max(peerPeak, ProcessMemory.Peak(peer.Id));
                    return rate;
                },
                cancellationToken);
            sides.Add(new Measure(
                $"insights API, {name}", Measure.RequestsPerSecond, "API key, rate limit, one version per answer, problem details; single things of the served version are remembered", "telemetry", ourRates, peak));
            sides.Add(new Measure(
                $"minimal API + raw Npgsql, {name}", Measure.RequestsPerSecond, "the same rows by the same prepared statement, the same JSON", "keys, limits, versions, logging, telemetry", peerRates, peerPeak));
            verdicts.Add(Verdict.AtLeast($"requests per second against the minimal API, {name}", Statistics.Median(ourRates) / Statistics.Median(peerRates), Bar, Verdict.Ratio));
            verdicts.Add(Verdict.Must($"both sides answer with the same JSON, {name}", await AnswerSameAsync(stack, peer, paths[paths.Count / 2], cancellationToken)));
        }

        return new ScenarioResult(
            Id,
            $"single answers under {Connections} connections",
            sides,
            verdicts,
            [$"{Duration.TotalSeconds:0} s a run over up to {Known} keys; both pools hold {PoolSize} connections; one load generator in the benchmark's own process drives both, on the same cores as the servers."],
            [load, LoadAverage.Read()[0]]);
    }

    private static async Task<ServiceProcess> StartPeerAsync(BenchmarkStack stack, CancellationToken cancellationToken)
    {
        var schema = await stack.QueryAsync("select schema_name from insights.versions order by version desc limit 1", cancellationToken) as string
            ?? throw new InvalidOperationException("Nothing was published.");
        var connection = new NpgsqlConnectionStringBuilder(stack.Postgres.ConnectionString("warehouse", "reader", stack.Postgres.Password))
        {
            MaxAutoPrepare = 8,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = PoolSize,
        };
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}");

        // A web project gets the server collector by default; this program does not.
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_gcConcurrent"] = "1" };
        var peer = ServiceProcess.Launch("minimal API", Builds.Self, ["peer", "minimal-api", address.ToString(), connection.ConnectionString, schema], address, environment);
        await peer.WaitUntilAnswersAsync("/health", cancellationToken);
        return peer;
    }

    private static async Task<bool> AnswerSameAsync(BenchmarkStack stack, ServiceProcess peer, string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", BenchmarkStack.ReadKey);
        var ours = await http.GetStringAsync(new Uri(stack.Insights.Address, path), cancellationToken);
        var theirs = await http.GetStringAsync(new Uri(peer.Address, path), cancellationToken);
        return JsonNode.DeepEquals(JsonNode.Parse(ours), JsonNode.Parse(theirs));
    }
}
