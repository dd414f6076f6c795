using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Loads;

/// <summary>What the pages of loads ask the ingestion service.</summary>
internal static class LoadCalls
{
    internal static Task<Answer<Page<Load>>> GetLoadsAsync(this IngestionClient ingestion, string? dataset, string? after, CancellationToken cancellationToken) =>
        ingestion.GetAsync<Page<Load>>($"loads{IngestionClient.Query(("dataset", dataset), ("after", after))}", cancellationToken);

    /// <summary>The uploads that are being read at the moment.</summary>
    internal static Task<Answer<Page<RunningLoad>>> GetRunningLoadsAsync(this IngestionClient ingestion, CancellationToken cancellationToken) =>
        ingestion.GetAsync<Page<RunningLoad>>("loads?state=running", cancellationToken);

    internal static Task<Answer<Load>> WithdrawAsync(this IngestionClient ingestion, long id, CancellationToken cancellationToken) =>
        ingestion.DeleteAsync<Load>($"loads/{id}", cancellationToken);
}
