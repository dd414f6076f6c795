using System.Text.Json.Nodes;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Benchmarks.Households;

/// <summary>S5: <c>GET /households/{id}</c> under 64 connections, against a minimal API over raw Npgsql.</summary>
internal sealed class HouseholdReads : IScenario
{
    private const int Connections = 64;
    private const int PoolSize = 24;
    private const int KnownHouseholds = 500;
    private const double Bar = 0.8;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    public string Id => "S5";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var stack = (await workbench.FullStackAsync(scale, cancellationToken)).Stack;
        var households = await stack.QueryAsync(
            $"select array(select household_key from insights.household_summary order by household_key limit {KnownHouseholds})", cancellationToken) as int[] ?? [];
        await using var peer = await StartPeerAsync(stack, cancellationToken);
        var same = await AnswerSameAsync(stack, peer, households[0], cancellationToken);
        var ours = new LoadGenerator(stack.Insights.Address, BenchmarkStack.ReadKey, households);
        var theirs = new LoadGenerator(peer.Address, key: null, households);
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

        return new ScenarioResult(
            Id,
            $"GET /households/{{id}} under {Connections} connections",
            [
                new Measure("insights API", Measure.RequestsPerSecond, "API key, rate limit, one version per answer, problem details; households of the served version are remembered", "telemetry", ourRates, peak),
                new Measure("minimal API + raw Npgsql", Measure.RequestsPerSecond, "the same row by the same prepared statement, the same record as JSON", "keys, limits, versions, logging, telemetry", peerRates, peerPeak),
            ],
            [
                Verdict.AtLeast("requests per second against the minimal API", Statistics.Median(ourRates) / Statistics.Median(peerRates), Bar, Verdict.Ratio),
                Verdict.Must("both sides answer the same household with the same JSON", same),
            ],
            [$"{Duration.TotalSeconds:0} s a run over {households.Length} households; both pools hold {PoolSize} connections; one load generator in the benchmark's own process drives both, on the same cores as the servers."],
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

    private static async Task<bool> AnswerSameAsync(BenchmarkStack stack, ServiceProcess peer, int household, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", BenchmarkStack.ReadKey);
        var ours = await http.GetStringAsync(new Uri(stack.Insights.Address, $"/households/{household}"), cancellationToken);
        var theirs = await http.GetStringAsync(new Uri(peer.Address, $"/households/{household}"), cancellationToken);
        return JsonNode.DeepEquals(JsonNode.Parse(ours), JsonNode.Parse(theirs));
    }
}
