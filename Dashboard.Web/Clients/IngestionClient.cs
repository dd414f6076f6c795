using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;

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

    private Task<Answer<T>> SendAsync<T>(HttpMethod method, string address, CancellationToken cancellationToken)
        where T : class => ServiceCall.SendAsync<T>(http, Service, method, address, cancellationToken);
}
