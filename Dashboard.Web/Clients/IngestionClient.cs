using System.Text.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Polly;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Reads loads and data sets, and fetches upload tickets. Troubles are answers, not exceptions.</summary>
internal sealed class IngestionClient(HttpClient http)
{
    internal const string Service = "ingestion";
    internal const int PageSize = 25;

    internal Task<Answer<Dataset[]>> GetDatasetsAsync(CancellationToken cancellationToken) =>
        SendAsync<Dataset[]>(HttpMethod.Get, "datasets", cancellationToken);

    internal Task<Answer<Page<Load>>> GetLoadsAsync(string? dataset, string? after, CancellationToken cancellationToken) =>
        SendAsync<Page<Load>>(HttpMethod.Get, $"loads{Query(("dataset", dataset), ("after", after))}", cancellationToken);

    internal Task<Answer<Load>> GetLoadAsync(long id, CancellationToken cancellationToken) =>
        SendAsync<Load>(HttpMethod.Get, $"loads/{id}", cancellationToken);

    internal Task<Answer<Page<QuarantinedRow>>> GetQuarantineAsync(long id, string? after, CancellationToken cancellationToken) =>
        SendAsync<Page<QuarantinedRow>>(HttpMethod.Get, $"loads/{id}/quarantine{Query(("after", after))}", cancellationToken);

    /// <summary>A short-lived ticket for one upload from the browser: the ingest key never leaves this process.</summary>
    internal Task<Answer<UploadTicket>> CreateTicketAsync(CancellationToken cancellationToken) =>
        SendAsync<UploadTicket>(HttpMethod.Post, "tickets", cancellationToken);

    private static string Query(params (string Name, string? Value)[] parts) =>
        QueryString.Create(parts.Where(part => part.Value is { Length: > 0 }).Select(part => KeyValuePair.Create(part.Name, part.Value)))
            .Add("limit", PageSize.ToString())
            .ToUriComponent();

    private async Task<Answer<T>> SendAsync<T>(HttpMethod method, string address, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, address);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return await TroubleReader.ReadAsync(response, Service, cancellationToken);
            }

            return await response.Content.ReadFromJsonAsync<T>(cancellationToken) is { } value ? value : Unreadable;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or ExecutionRejectedException)
        {
            return TroubleReader.Unreachable(Service);
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    private static Trouble Unreadable { get; } = new(
        TroubleKind.Refused,
        "The ingestion service answered in a way this dashboard cannot read",
        "The dashboard and the service are probably of different versions: build and start both again.");
}
