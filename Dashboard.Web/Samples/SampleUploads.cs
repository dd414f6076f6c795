using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.SampleData;
using Dunnhumby.SampleData.Uploads;

namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>Sends generated files to the ingestion service, through the door that every file takes.</summary>
internal sealed class SampleUploads(HttpClient http)
{
    /// <summary>Generates and uploads one file. Troubles are answers, not exceptions.</summary>
    internal async Task<Answer<Load>> SendAsync(JourneyGenerator journey, string dataset, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var request = JourneyContent.Request(journey, dataset, progress);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return await TroubleReader.ReadAsync(response, IngestionClient.Service, cancellationToken);
            }

            return await response.Content.ReadFromJsonAsync<Load>(cancellationToken) is { } load ? load : Unreadable;
        }
        catch (HttpRequestException)
        {
            return TroubleReader.Unreachable(IngestionClient.Service);
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
