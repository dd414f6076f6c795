using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.Endpoints;

/// <summary>S8: every address of the insights API over the whole panel, one request after the other.</summary>
internal sealed partial class EndpointReads : IScenario
{
    private const int Requests = 60;
    private const double Share = 0.95;
    private const double Bar = 0.050;
    private const double SearchBar = 0.030;
    private const string BasketId = "basketId";

    public string Id => "S8";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var stack = (await workbench.FullStackAsync(scale, cancellationToken)).Stack;
        using var http = new HttpClient { BaseAddress = stack.Insights.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", BenchmarkStack.ReadKey);
        var values = await ValuesAsync(stack, http, cancellationToken);
        List<Measure> sides = [];
        foreach (var (path, queries) in EndpointQueries.ByPath.OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal))
        {
            var untilEnd = !EndpointQueries.Streams.Contains(path, StringComparer.Ordinal);
            List<double> seconds = [];
            for (var request = -queries.Count; request < Requests; request++)
            {
                var index = request + queries.Count;
                var took = await AskAsync(http, Fill(path + queries[index % queries.Count], index / queries.Count, values), untilEnd, cancellationToken);
                if (request >= 0)
                {
                    seconds.Add(took);
                }
            }

            sides.Add(new Measure(path, Measure.Seconds, untilEnd ? "the whole answer" : "until the first bytes: the answer is a whole table", $"the first {queries.Count}", seconds));
        }

        var slowest = sides.Where(side => side.Name is not EndpointQueries.Search).OrderByDescending(At).ToList();
        return new ScenarioResult(
            Id,
            "every address of the insights API, one request after the other",
            sides,
            [
                Verdict.Must("every address of the OpenAPI document is asked", await AreAllAskedAsync(http, cancellationToken)),
                Verdict.AtMost($"95th percentile of the slowest ({slowest[0].Name})", At(slowest[0]), Bar, Verdict.Seconds),
                Verdict.AtMost("95th percentile of /search", At(sides.Single(side => side.Name is EndpointQueries.Search)), SearchBar, Verdict.Seconds),
            ],
            [
                $"{Requests} requests each, with keys, filters and orders that differ from one to the next, over one connection, after the others are there.",
                .. slowest.Where(side => At(side) > Bar).Select(side => string.Create(CultureInfo.InvariantCulture, $"{side.Name}: 95th percentile {At(side) * 1000:0} ms.")),
            ],
            [load, LoadAverage.Read()[0]]);

        static double At(Measure side) => Statistics.Percentile(side.Values, Share);
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> ValuesAsync(BenchmarkStack stack, HttpClient http, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<string>> values = new(StringComparer.Ordinal);
        foreach (var (name, query) in EndpointQueries.Values)
        {
            values[name] = await stack.QueryAsync(query, cancellationToken) as string[] ?? throw new InvalidOperationException($"No values of {name}.");
        }

        List<string> baskets = [];
        foreach (var household in values["household"].Take(10))
        {
            using var answer = await http.GetAsync(new Uri($"/households/{household}/baskets?limit=5", UriKind.Relative), cancellationToken);
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            baskets.AddRange((page?["items"]?.AsArray() ?? throw new InvalidOperationException($"No baskets came: {page}")).Select(basket => basket?["basket"]?.ToString() ?? ""));
        }

        values[BasketId] = baskets;
        return values;
    }

    private static string Fill(string address, int turn, Dictionary<string, IReadOnlyList<string>> values) =>
        Placeholder().Replace(address, match => values[match.Groups["name"].Value] is var known ? Uri.EscapeDataString(known[turn % known.Count]) : "");

    private static async Task<double> AskAsync(HttpClient http, string address, bool untilEnd, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var read = await body.ReadAsync(new byte[1], cancellationToken);
        var begun = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (read == 0)
        {
            throw new InvalidOperationException($"{address} answered nothing.");
        }

        // A stream is read to its end in any case: to break it off would take the server's time from the next request.
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return untilEnd ? Stopwatch.GetElapsedTime(started).TotalSeconds : begun;
    }

    private static async Task<bool> AreAllAskedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var document = await http.GetFromJsonAsync<JsonDocument>(new Uri("/openapi/v1.json", UriKind.Relative), cancellationToken) ?? throw new InvalidOperationException("No document came back.");
        return document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _)).All(path => EndpointQueries.ByPath.ContainsKey(path.Name));
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
