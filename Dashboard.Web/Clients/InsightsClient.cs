using System.Net;
using System.Net.Http.Headers;
using Dunnhumby.Contracts.Insights;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Asks for the published insights, and asks again only when they may have changed.</summary>
/// <param name="asked">The version that all answers are to be of; null for the current one.</param>
internal sealed class InsightsClient(HttpClient http, AnswerCache cache, int? asked = null) : ServiceClient(http, Service)
{
    internal const string Service = "insights";

    private const string Version = "version";

    private readonly HttpClient _http = http;

    /// <summary>The same, for answers of a version.</summary>
    internal InsightsClient Of(int version) => new(_http, cache, version);

    internal Task<Answer<InsightsVersion>> GetVersionAsync(CancellationToken cancellationToken) => GetAsync<InsightsVersion>(Version, cancellationToken);

    /// <summary>Asks the service even if there is a fresh answer.</summary>
    internal Task<Answer<InsightsVersion>> CheckVersionAsync(CancellationToken cancellationToken) =>
        AskAsync<InsightsVersion>(Version, cache.Find(Version), cancellationToken);

    internal override async Task<Answer<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        var address = Address(path);
        var cached = cache.Find(address);
        return cached is { Value: T value } && cache.IsFresh(cached) ? value : await AskAsync<T>(address, cached, cancellationToken);
    }

    /// <summary>A file as it comes, to be passed on. The caller disposes of the answer, which may be a refusal.</summary>
    /// <exception cref="HttpRequestException">The service does not answer.</exception>
    internal Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri(Address(path), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private string Address(string path) => asked is { } version ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}version={version}" : path;

    private async Task<Answer<T>> AskAsync<T>(string address, CachedAnswer? cached, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cached is { Value: T } && EntityTagHeaderValue.TryParse(cached.ETag, out var etag))
        {
            request.Headers.IfNoneMatch.Add(etag);
        }

        return await SendAsync(request, cancellationToken, (response, token) => ReadAsync<T>(address, response, cached, token));
    }

    private async Task<T?> ReadAsync<T>(string address, HttpResponseMessage response, CachedAnswer? cached, CancellationToken cancellationToken)
        where T : class
    {
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            if (cached is not { Value: T known })
            {
                return null;
            }

            cache.Keep(address, cached.ETag, known);
            return known;
        }

        var value = await response.Content.ReadFromJsonAsync<T>(cancellationToken);
        if (value is not null && response.Headers.ETag is { } etag)
        {
            cache.Keep(address, etag.ToString(), value);
        }

        return value;
    }
}
