using System.Net;
using System.Net.Http.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Loading.Replays;

/// <summary>Short forms of asking about quarantined rows.</summary>
internal static class ReplayClient
{
    internal static async Task<T> GetAsync<T>(this IngestionHost host, string address)
        where T : class
    {
        using var client = host.Client();
        return (await client.GetFromJsonAsync<T>(address, TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    internal static async Task<MendCheck> CheckAsync(this IngestionHost host, long id, params RowEdit[] edits)
    {
        using var client = host.Client();
        using var response = await client.PostAsJsonAsync($"/loads/{id}/quarantine/check", new MendRequest(edits), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<MendCheck>(TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    internal static async Task<Replay> ReplayAsync(this IngestionHost host, long id, params RowEdit[] edits)
    {
        using var response = await host.TryReplayAsync(id, new MendRequest(edits));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<Replay>(TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    internal static async Task<HttpResponseMessage> TryReplayAsync(this IngestionHost host, long id, MendRequest request, string key = IngestionHost.IngestKey)
    {
        using var client = host.Client(key);
        return await client.PostAsJsonAsync($"/loads/{id}/replays", request, TestContext.Current.CancellationToken);
    }

    internal static async Task<Load> WithdrawAsync(this IngestionHost host, long id)
    {
        using var client = host.Client();
        using var response = await client.DeleteAsync(new Uri($"/loads/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        return await response.LoadAsync();
    }
}
