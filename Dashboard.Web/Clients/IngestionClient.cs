using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Lake;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messaging;
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

    /// <summary>The uploads that are being read at the moment.</summary>
    internal Task<Answer<Page<RunningLoad>>> GetRunningLoadsAsync(CancellationToken cancellationToken) =>
        SendAsync<Page<RunningLoad>>(HttpMethod.Get, "loads?state=running", cancellationToken);

    /// <summary>A load. While it is being read only its state says something: <see cref="LoadStates.Running"/>.</summary>
    internal Task<Answer<Load>> GetLoadAsync(long id, CancellationToken cancellationToken) =>
        SendAsync<Load>(HttpMethod.Get, $"loads/{id}", cancellationToken);

    internal Task<Answer<Page<QuarantinedRow>>> GetQuarantineAsync(long id, string? after, CancellationToken cancellationToken) =>
        SendAsync<Page<QuarantinedRow>>(HttpMethod.Get, $"loads/{id}/quarantine{Query(("after", after))}", cancellationToken);

    internal Task<Answer<LakeState>> GetLakeAsync(CancellationToken cancellationToken) => SendAsync<LakeState>(HttpMethod.Get, "lake", cancellationToken);

    internal Task<Answer<OutboxState>> GetOutboxAsync(CancellationToken cancellationToken) => SendAsync<OutboxState>(HttpMethod.Get, "outbox", cancellationToken);

    /// <summary>The rows of one group of a quarantine.</summary>
    internal Task<Answer<Page<QuarantinedRow>>> GetQuarantineAsync(long id, string reason, string? column, string? after, CancellationToken cancellationToken) =>
        SendAsync<Page<QuarantinedRow>>(
            HttpMethod.Get,
            $"loads/{id}/quarantine{Query(("reason", reason), ("after", after))}&column={Uri.EscapeDataString(column ?? "")}",
            cancellationToken);

    internal Task<Answer<QuarantineSummary>> GetQuarantineSummaryAsync(long id, CancellationToken cancellationToken) =>
        SendAsync<QuarantineSummary>(HttpMethod.Get, $"loads/{id}/quarantine/summary", cancellationToken);

    internal Task<Answer<Replay[]>> GetReplaysAsync(long id, CancellationToken cancellationToken) => SendAsync<Replay[]>(HttpMethod.Get, $"loads/{id}/replays", cancellationToken);

    /// <summary>What edits of quarantined rows would do.</summary>
    internal Task<Answer<MendCheck>> CheckAsync(long id, MendRequest request, CancellationToken cancellationToken) =>
        PostAsync<MendCheck>($"loads/{id}/quarantine/check", request, cancellationToken);

    internal Task<Answer<Replay>> ReplayAsync(long id, MendRequest request, CancellationToken cancellationToken) =>
        PostAsync<Replay>($"loads/{id}/replays", request, cancellationToken);

    internal Task<Answer<Load>> WithdrawAsync(long id, CancellationToken cancellationToken) => SendAsync<Load>(HttpMethod.Delete, $"loads/{id}", cancellationToken);

    /// <summary>A short-lived ticket for one upload from the browser: the ingest key never leaves this process.</summary>
    internal Task<Answer<UploadTicket>> CreateTicketAsync(CancellationToken cancellationToken) =>
        SendAsync<UploadTicket>(HttpMethod.Post, "tickets", cancellationToken);

    private static string Query(params (string Name, string? Value)[] parts) =>
        QueryString.Create(parts.Where(part => part.Value is { Length: > 0 }).Select(part => KeyValuePair.Create(part.Name, part.Value)))
            .Add("limit", PageSize.ToString())
            .ToUriComponent();

    private async Task<Answer<T>> PostAsync<T>(string address, MendRequest body, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        return await ServiceCall.SendAsync<T>(http, Service, request, cancellationToken);
    }

    private Task<Answer<T>> SendAsync<T>(HttpMethod method, string address, CancellationToken cancellationToken)
        where T : class => ServiceCall.SendAsync<T>(http, Service, method, address, cancellationToken);
}
