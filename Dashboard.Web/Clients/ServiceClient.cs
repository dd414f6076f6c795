using System.Net;
using System.Text.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Polly;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Calls one service over HTTP. Troubles are answers, not exceptions: no connection, no answer in time, a refusal, an answer that cannot be read.</summary>
/// <param name="service">The service's name, as people read it in troubles.</param>
internal abstract class ServiceClient(HttpClient http, string service)
{
    /// <param name="address">Relative to the service's own address, with the query.</param>
    internal virtual Task<Answer<T>> GetAsync<T>(string address, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(HttpMethod.Get, address, content: null, cancellationToken);

    internal Task<Answer<T>> PostAsync<T>(string address, HttpContent? content, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(HttpMethod.Post, address, content, cancellationToken);

    internal Task<Answer<T>> DeleteAsync<T>(string address, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(HttpMethod.Delete, address, content: null, cancellationToken);

    /// <param name="read">Reads an answer that is no refusal, when there is more to it than a JSON body. Null when it cannot be read.</param>
    private protected async Task<Answer<T>> SendAsync<T>(
        HttpRequestMessage request, CancellationToken cancellationToken, Func<HttpResponseMessage, CancellationToken, Task<T?>>? read = null)
        where T : class
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var isTaken = response.IsSuccessStatusCode || (read is not null && response.StatusCode is HttpStatusCode.NotModified);
            if (!isTaken)
            {
                return await TroubleReader.ReadAsync(response, service, cancellationToken);
            }

            var value = read is null ? await response.Content.ReadFromJsonAsync<T>(cancellationToken) : await read(response, cancellationToken);
            return value is null ? TroubleReader.Unreadable(service) : value;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or ExecutionRejectedException)
        {
            return TroubleReader.Unreachable(service);
        }
        catch (JsonException)
        {
            return TroubleReader.Unreadable(service);
        }
    }

    private async Task<Answer<T>> SendAsync<T>(HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await SendAsync<T>(request, cancellationToken);
    }
}

/// <summary>Asks for loads, data sets and the lake, and fetches upload tickets. Calls of one part of the site are in its folder.</summary>
internal sealed class IngestionClient(HttpClient http) : ServiceClient(http, Service)
{
    internal const string Service = "ingestion";
    internal const int PageSize = 25;

    internal Task<Answer<Dataset[]>> GetDatasetsAsync(CancellationToken cancellationToken) => GetAsync<Dataset[]>("datasets", cancellationToken);

    /// <summary>A load. While it is being read, only its state says something: <see cref="LoadStates.Running"/>.</summary>
    internal Task<Answer<Load>> GetLoadAsync(long id, CancellationToken cancellationToken) => GetAsync<Load>($"loads/{id}", cancellationToken);

    /// <summary>A short-lived ticket for one upload from the browser: the ingest key never leaves this process.</summary>
    internal Task<Answer<UploadTicket>> CreateTicketAsync(CancellationToken cancellationToken) => PostAsync<UploadTicket>("tickets", content: null, cancellationToken);

    /// <summary>The query of one page of a list, without parts that have no value.</summary>
    internal static string Query(params (string Name, string? Value)[] parts) =>
        QueryString.Create(parts.Where(part => part.Value is { Length: > 0 }).Select(part => KeyValuePair.Create(part.Name, part.Value)))
            .Add("limit", PageSize.ToString())
            .ToUriComponent();
}

/// <summary>Asks for the history of runs.</summary>
internal sealed class TransformClient(HttpClient http) : ServiceClient(http, Service)
{
    internal const string Service = "transform";
    internal const int PageSize = 25;

    internal Task<Answer<Page<Run>>> GetRunsAsync(string? after, CancellationToken cancellationToken)
    {
        var start = after is { Length: > 0 } ? $"&after={Uri.EscapeDataString(after)}" : "";
        return GetAsync<Page<Run>>($"runs?limit={PageSize}{start}", cancellationToken);
    }

    internal Task<Answer<Run>> GetRunAsync(long run, CancellationToken cancellationToken) => GetAsync<Run>($"runs/{run}", cancellationToken);

    internal Task<Answer<IReadOnlyList<Schedule>>> GetSchedulesAsync(CancellationToken cancellationToken) => GetAsync<IReadOnlyList<Schedule>>("schedules", cancellationToken);

    internal Task<Answer<Run>> CancelRunAsync(long run, CancellationToken cancellationToken) =>
        PostAsync<Run>($"runs/{run}/cancel", content: null, cancellationToken);
}
