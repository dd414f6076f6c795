using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Loads.Quarantine;

/// <summary>What the pages ask the ingestion service about quarantined rows.</summary>
internal static class QuarantineCalls
{
    internal static Task<Answer<Page<QuarantinedRow>>> GetQuarantineAsync(this IngestionClient ingestion, long id, string? after, CancellationToken cancellationToken) =>
        ingestion.GetAsync<Page<QuarantinedRow>>($"loads/{id}/quarantine{IngestionClient.Query(("after", after))}", cancellationToken);

    /// <summary>The rows of one group of a quarantine.</summary>
    internal static Task<Answer<Page<QuarantinedRow>>> GetQuarantineAsync(
        this IngestionClient ingestion, long id, QuarantineGroup group, string? after, CancellationToken cancellationToken) =>
        ingestion.GetAsync<Page<QuarantinedRow>>(
            $"loads/{id}/quarantine{IngestionClient.Query(("reason", group.Reason), ("after", after))}&column={Uri.EscapeDataString(group.Column ?? "")}",
            cancellationToken);

    internal static Task<Answer<QuarantineSummary>> GetQuarantineSummaryAsync(this IngestionClient ingestion, long id, CancellationToken cancellationToken) =>
        ingestion.GetAsync<QuarantineSummary>($"loads/{id}/quarantine/summary", cancellationToken);

    internal static Task<Answer<Replay[]>> GetReplaysAsync(this IngestionClient ingestion, long id, CancellationToken cancellationToken) =>
        ingestion.GetAsync<Replay[]>($"loads/{id}/replays", cancellationToken);

    /// <summary>What edits of quarantined rows would do.</summary>
    internal static Task<Answer<MendCheck>> CheckAsync(this IngestionClient ingestion, long id, MendRequest request, CancellationToken cancellationToken) =>
        ingestion.PostAsync<MendCheck>($"loads/{id}/quarantine/check", JsonContent.Create(request), cancellationToken);

    internal static Task<Answer<Replay>> ReplayAsync(this IngestionClient ingestion, long id, MendRequest request, CancellationToken cancellationToken) =>
        ingestion.PostAsync<Replay>($"loads/{id}/replays", JsonContent.Create(request), cancellationToken);
}
