using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Reads the history of runs. Troubles are answers, not exceptions.</summary>
internal sealed class TransformClient(HttpClient http)
{
    internal const string Service = "transform";
    internal const int PageSize = 25;

    internal Task<Answer<Page<Run>>> GetRunsAsync(string? after, CancellationToken cancellationToken)
    {
        var start = after is { Length: > 0 } ? $"&after={Uri.EscapeDataString(after)}" : "";
        return ServiceCall.SendAsync<Page<Run>>(http, Service, HttpMethod.Get, $"runs?limit={PageSize}{start}", cancellationToken);
    }
}
