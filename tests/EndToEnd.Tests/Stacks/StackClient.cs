using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.TestSupport;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>A program's view of a running stack: uploads and reads over HTTP with keys.</summary>
internal sealed class StackClient(IStack stack) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };

    internal async Task<Load> UploadAsync(string dataset, Stream content)
    {
        using var answer = await UploadAsync(dataset, new StreamContent(content));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{dataset}: {(int)answer.StatusCode} {body}");
        return await answer.Content.ReadFromJsonAsync<Load>(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No load came back.");
    }

    /// <summary>Uploads what a service that is being stopped may take, refuse or drop.</summary>
    internal async Task TryUploadAsync(string dataset, HttpContent content)
    {
        try
        {
            using var answer = await UploadAsync(dataset, content);
        }
        catch (HttpRequestException)
        {
            // Dropped.
        }
    }

    internal async Task<IReadOnlyList<Load>> UploadAllAsync(IReadOnlyDictionary<string, string> files)
    {
        List<Load> loads = [];
        foreach (var (dataset, content) in files)
        {
            loads.Add(await UploadAsync(dataset, new MemoryStream(Encoding.UTF8.GetBytes(content))));
        }

        return loads;
    }

    /// <summary>The loads, newest first. Ids need not follow each other: an upload of known content takes one and gives it up.</summary>
    internal async Task<IReadOnlyList<Load>> LoadsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.Ingestion, "/loads"));
        request.Headers.Add("X-Api-Key", StackSettings.IngestKey);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadFromJsonAsync<Page<Load>>(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No loads came back.");
        return page.Items;
    }

    internal async Task<InsightsVersion> VersionAsync()
    {
        using var answer = await SendAsync("/version", "application/json");
        return await answer.Content.ReadFromJsonAsync<InsightsVersion>(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("No version came back.");
    }

    /// <summary>Waits until the published version is made of exactly these loads.</summary>
    /// <remarks>The tables on a schedule are made after the first version; later ones may wait.</remarks>
    internal Task<InsightsVersion> VersionOfAsync(IEnumerable<long> loads, TimeSpan limit) =>
        VersionAsync(loads, version => version.WaitingTables.All(table => table.ComputedVersion is not null), limit);

    /// <summary>Waits until the published version, with all its tables, is made of exactly these loads. Tables on a schedule wait for no other hour when each load is the first of its data set.</summary>
    internal Task<InsightsVersion> WholeVersionOfAsync(IEnumerable<long> loads, TimeSpan limit) =>
        VersionAsync(loads, version => version.WaitingTables.Count == 0, limit);

    /// <summary>A derived table as CSV, header first, split at commas (none of the tables has text with commas).</summary>
    internal async Task<IReadOnlyList<string[]>> TableAsync(string name)
    {
        using var answer = await SendAsync($"/tables/{name}", "text/csv");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(','))];
    }

    public void Dispose() => _http.Dispose();

    private async Task<InsightsVersion> VersionAsync(IEnumerable<long> loads, Func<InsightsVersion, bool> isReady, TimeSpan limit)
    {
        var expected = loads.Order().ToList();
        return await Eventually.GetAsync(
            VersionAsync,
            version => version.Loads.Select(load => load.Id).Order().SequenceEqual(expected) && isReady(version),
            limit,
            what: $"a version of loads {string.Join(", ", expected)}");
    }

    private async Task<HttpResponseMessage> UploadAsync(string dataset, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stack.Ingestion, $"/loads/{dataset}")) { Content = content };
        request.Headers.Add("X-Api-Key", StackSettings.IngestKey);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.Insights, path));
        request.Headers.Add("X-Api-Key", StackSettings.ReadKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode}");
        return answer;
    }
}
