using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Benchmarks.Stack;

/// <summary>A program's view of the stack: uploads and reads over HTTP, with keys.</summary>
internal sealed class StackClient(Uri ingestion, Uri? insights = null) : IDisposable
{
    private const int SendBytes = 1 << 20;

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Uploads a file and waits for the answer: the load is committed then.</summary>
    /// <returns>The load, and the seconds from the first byte sent to the answer.</returns>
    internal async Task<(Load Load, double Seconds)> UploadAsync(string dataset, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(ingestion, $"/loads/{dataset}")) { Content = new StreamContent(file, SendBytes) };
        request.Headers.Add("X-Api-Key", BenchmarkStack.IngestKey);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var started = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (answer.StatusCode != System.Net.HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"{dataset} was not loaded: {(int)answer.StatusCode} {body}");
        }

        var load = await answer.Content.ReadFromJsonAsync<Load>(cancellationToken) ?? throw new InvalidOperationException("No load came back.");
        return (load, seconds);
    }

    internal async Task<InsightsVersion> VersionAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(insights ?? throw new InvalidOperationException("This client knows no insights API."), "/version"));
        request.Headers.Add("X-Api-Key", BenchmarkStack.ReadKey);
        using var answer = await _http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<InsightsVersion>(cancellationToken) ?? throw new InvalidOperationException("No version came back.");
    }

    /// <summary>Looks every few milliseconds until the API serves a version with the load.</summary>
    internal async Task WaitUntilVisibleAsync(long load, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!(await VersionAsync(cancellationToken)).Loads.Any(known => known.Id == load))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Load {load} was not visible within {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    /// <summary>Waits until the tables on a schedule are made of all loads, as they are soon when each load is the first of its data set.</summary>
    internal async Task WaitUntilMadeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while ((await VersionAsync(cancellationToken)).WaitingTables.Count > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"The tables on a schedule were not made within {limit.TotalSeconds:0} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();
}
