using System.Text.Json;
using Polly;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>One request to a service, whose troubles are answers.</summary>
internal static class ServiceCall
{
    /// <param name="service">The service's name, as troubles are told to people.</param>
    internal static async Task<Answer<T>> SendAsync<T>(HttpClient http, string service, HttpMethod method, string address, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, address);
        return await SendAsync<T>(http, service, request, cancellationToken);
    }

    /// <param name="service">The service's name, as troubles are told to people.</param>
    internal static async Task<Answer<T>> SendAsync<T>(HttpClient http, string service, HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return await TroubleReader.ReadAsync(response, service, cancellationToken);
            }

            return await response.Content.ReadFromJsonAsync<T>(cancellationToken) is { } value ? value : Unreadable(service);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or ExecutionRejectedException)
        {
            return TroubleReader.Unreachable(service);
        }
        catch (JsonException)
        {
            return Unreadable(service);
        }
    }

    private static Trouble Unreadable(string service) => new(
        TroubleKind.Refused,
        $"The {service} service answered in a way this dashboard cannot read",
        "The dashboard and the service are probably of different versions: build and start both again.");
}
